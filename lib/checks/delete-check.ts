import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { writeAudit } from "@/lib/access/audit";
import { auditedCheck } from "./check";
import { assertEditable, checkReference, getCheckRow } from "./find-check";
import { notifyChecks } from "./notify-checks";

/**
 * Deletes a check with its results and days.
 * @throws Problem forbidden, not-found, conflict for a check of the file
 */
export async function deleteCheck(context: Context, input: unknown): Promise<void> {
  authorize(context.actor, "checks:write");
  const { id } = parseInput(checkReference, input, "The check");
  await context.db.$transaction(async (tx) => {
    const row = await getCheckRow(tx, id);
    assertEditable(row);
    await tx.healthCheck.delete({ where: { id: row.id } });
    await writeAudit(tx, context, {
      action: "check.delete",
      subjectType: "check",
      subjectId: row.id,
      before: auditedCheck(row),
    });
    await notifyChecks(tx);
  });
}
