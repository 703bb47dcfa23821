import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem, messageOf } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { writeAudit } from "@/lib/access/audit";
import { moveIncidents } from "@/lib/incidents/automatic/move-incidents";
import { inTransaction } from "@/lib/db/in-transaction";
import { type Alert, toAlert } from "./alert";
import { queueUpdates } from "./delivery/queue-update";
import { writeAlertEvents } from "./evaluation/alert-rows";

export const acknowledgeInput = z.strictObject({
  id: z.string(),
  note: z.string().trim().max(1_000, "must have at most 1,000 characters").optional(),
});

/**
 * Somebody takes an alert on: no reminders from then on, and the messages say who. Again is no fault: the first one stays.
 * @throws Problem forbidden, invalid, not-found, conflict when it is over
 */
export async function acknowledgeAlert(context: Context, given: z.input<typeof acknowledgeInput>): Promise<Alert> {
  authorize(context.actor, "alerts:write");
  const { id, note } = parseInput(acknowledgeInput, given, "The acknowledgement");
  return change(context, parseId(id, "alert"), { by: actorName(context), note: note || null });
}

/** Gives an alert back: reminders go on. @throws Problem forbidden, not-found, conflict when it is over */
export async function unacknowledgeAlert(context: Context, { id }: { id: string }): Promise<Alert> {
  authorize(context.actor, "alerts:write");
  return change(context, parseId(id, "alert"), { by: null, note: null });
}

export const actorName = ({ actor }: Context): string => ("name" in actor ? actor.name : "somebody");

/** Its incident is taken on with it: at once, or by the worker's next round. */
async function tellIncident(context: Context): Promise<void> {
  await moveIncidents(context).catch((error: unknown) =>
    context.log.warn({ error: messageOf(error) }, "an alert's incident could not be told of its acknowledgement"),
  );
}

async function change(context: Context, id: string, to: { by: string | null; note: string | null }): Promise<Alert> {
  const now = context.now();
  await inTransaction(context.sql, async (client) => {
    const { rows } = await client.query<{ state: string; by: string | null }>(
      "SELECT state, acknowledged_by AS by FROM alerts WHERE id = $1 FOR UPDATE",
      [id],
    );
    const [before] = rows;
    if (!before) throw notFound("alert");
    if (before.state === "resolved")
      throw new Problem("conflict", "This alert is over: there is nothing to acknowledge.");
    if ((before.by === null) === (to.by === null)) return;
    await client.query(
      "UPDATE alerts SET acknowledged_at = $2, acknowledged_by = $3, acknowledge_note = $4 WHERE id = $1",
      [id, to.by === null ? null : now, to.by, to.note],
    );
    const name = actorName(context);
    const kind = to.by === null ? "unacknowledged" : "acknowledged";
    const message =
      to.by === null ? `${name} gave it back.` : `Acknowledged by ${name}${to.note ? `: ${to.note}` : "."}`;
    await writeAlertEvents(client, [{ alertId: id, at: now, kind, message }]);
    await queueUpdates(client, [id], now);
    await client.query(`SELECT pg_notify('watchkeeper', '{"topic":"alerts"}')`);
  });
  await writeAudit(context.db, context, {
    action: to.by === null ? "alert.unacknowledge" : "alert.acknowledge",
    subjectType: "alert",
    subjectId: id,
    ...(to.note && { after: { note: to.note } }),
  });
  if (to.by !== null) await tellIncident(context);
  return toAlert(await context.db.alert.findUniqueOrThrow({ where: { id } }));
}
