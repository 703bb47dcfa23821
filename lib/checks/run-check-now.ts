import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { writeAudit } from "@/lib/access/audit";
import { type Check, toCheck } from "./check";
import { checkReference, getCheckRow } from "./find-check";
import { runAndStore } from "./run-and-store";

/**
 * Runs a check in this process, now, also a paused one, and stores the result. Takes as long as the check does.
 * @throws Problem forbidden, not-found
 */
export async function runCheckNow(context: Context, input: unknown): Promise<Check> {
  authorize(context.actor, "checks:write");
  const { id } = parseInput(checkReference, input, "The check");
  const row = await getCheckRow(context.db, id);
  await writeAudit(context.db, context, { action: "check.run", subjectType: "check", subjectId: row.id });
  await runAndStore(context, [row.id], 1);
  return toCheck(await getCheckRow(context.db, row.id));
}
