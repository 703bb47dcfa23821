import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { writeAudit } from "@/lib/access/audit";
import { type Check, toCheck } from "./check";
import { checkReference, getCheckRow } from "./find-check";
import { notifyChecks } from "./notify-checks";

/** Stops a check's runs until it is resumed; its state is shown as paused. @throws Problem forbidden, not-found */
export function pauseCheck(context: Context, input: unknown): Promise<Check> {
  return setPaused(context, input, true);
}

/** Lets a check run again, at once and then on its grid. @throws Problem forbidden, not-found */
export function resumeCheck(context: Context, input: unknown): Promise<Check> {
  return setPaused(context, input, false);
}

async function setPaused(context: Context, input: unknown, paused: boolean): Promise<Check> {
  authorize(context.actor, "checks:write");
  const { id } = parseInput(checkReference, input, "The check");
  const now = context.now();
  return context.db.$transaction(async (tx) => {
    const before = await getCheckRow(tx, id);
    if ((before.pausedAt !== null) === paused) return toCheck(before);
    const row = await tx.healthCheck.update({
      where: { id: before.id },
      // Whoever holds it now drops its result: a paused check has none, a resumed one a fresh one.
      data: { pausedAt: paused ? now : null, leaseOwner: null, leaseUntil: null, ...(!paused && { nextDueAt: now }) },
    });
    await writeAudit(tx, context, {
      action: paused ? "check.pause" : "check.resume",
      subjectType: "check",
      subjectId: row.id,
    });
    await notifyChecks(tx);
    return toCheck(row);
  });
}
