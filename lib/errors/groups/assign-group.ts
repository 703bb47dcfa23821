import { z } from "zod";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyIncidents } from "@/lib/incidents/notify-incidents";
import { writeEntry } from "@/lib/incidents/write-entry";
import { changeGroup } from "./change-group";
import type { ErrorGroup } from "./group";

export const assignGroupInput = z.strictObject({
  assigneeId: z.uuid("must be the id of a user").nullable().meta({ title: "Assignee", description: "null: nobody." }),
});

/** Says who looks after it. @throws Problem forbidden, invalid, not-found */
export async function assignGroup(
  context: Context,
  { id, ...given }: { id: string; assigneeId: string | null },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const { assigneeId } = parseInput(assignGroupInput, given, "The assignment");
  return changeGroup(context, id, "error.assign", async (_, tx) => {
    const user = assigneeId === null ? null : await tx.user.findUnique({ where: { id: assigneeId } });
    if (assigneeId !== null && !user) throw unknown("assigneeId", "there is no such user");
    return { assigneeId };
  });
}

export const linkIncidentInput = z.strictObject({
  incidentId: z
    .uuid("must be the id of an incident")
    .nullable()
    .meta({ title: "Incident", description: "null: none." }),
});

/** Says which incident it belongs to; the timelines of both, that and the one before, tell of it. @throws Problem forbidden, invalid, not-found */
export async function linkGroupIncident(
  context: Context,
  { id, ...given }: { id: string; incidentId: string | null },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const { incidentId } = parseInput(linkIncidentInput, given, "The link");
  return changeGroup(context, id, "error.link-incident", async (before, tx) => {
    const incident = incidentId === null ? null : await tx.incident.findUnique({ where: { id: incidentId } });
    if (incidentId !== null && !incident) throw unknown("incidentId", "there is no such incident");
    if (incidentId === before.incidentId) return { incidentId };
    const name = actorName(context);
    const words = [...[before.type, before.value].filter(Boolean).join(": ")].slice(0, 300).join("");
    const error = `the error “${words}”`;
    const link = { tx, context, group: before };
    if (before.incidentId !== null) await note(link, before.incidentId, `${name} took ${error} out.`);
    if (incidentId !== null) await note(link, incidentId, `${name} added ${error}.`);
    await notifyIncidents(tx);
    return { incidentId };
  });
}

interface Link {
  tx: Prisma.TransactionClient;
  context: Context;
  group: ErrorGroup;
}

async function note({ tx, context, group }: Link, incidentId: string, message: string): Promise<void> {
  const ref = `error ${group.id} ${context.now().toISOString()}`;
  await writeEntry(tx, context, { incidentId, source: "change", ref, message, link: `/errors/${group.id}` });
}

const unknown = (path: string, message: string) => new Problem("invalid", `${path}: ${message}`, [{ path, message }]);
