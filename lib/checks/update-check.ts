import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { keyTaken } from "@/lib/core/free-key";
import { parseInput } from "@/lib/core/parse";
import { writeAudit } from "@/lib/access/audit";
import { type Check, auditedCheck, toCheck } from "./check";
import { checkChanges, parseConfig } from "./check-input";
import { assertEditable, checkReference, getCheckRow } from "./find-check";
import { notifyChecks } from "./notify-checks";
import { assertParents } from "./assert-parents";
import { getCheckType } from "./registry";
import { toStoredJson } from "./stored-json";
import { unmaskConfig } from "./mask-config";

const changesOfOne = checkReference.extend(checkChanges.shape);

/**
 * Changes a check; it runs again at once. A run that is under way is dropped: it belongs to the check as it was.
 * @throws Problem forbidden, invalid, not-found, conflict (a check of the file, a key that is taken)
 */
export async function updateCheck(context: Context, input: unknown): Promise<Check> {
  authorize(context.actor, "checks:write");
  const { id, config, ...changes } = parseInput(changesOfOne, input, "The check");
  return context.db.$transaction(async (tx) => {
    const before = await getCheckRow(tx, id);
    assertEditable(before);
    if (changes.key && changes.key !== before.key) {
      const other = await tx.healthCheck.findUnique({ where: { key: changes.key }, select: { id: true } });
      if (other) throw keyTaken(changes.key);
    }
    if (changes.dependsOn) await assertParents(tx, changes.dependsOn, before.key);
    if (changes.key && changes.key !== before.key)
      await tx.$executeRaw`UPDATE health_checks SET depends_on = array_replace(depends_on, ${before.key}, ${changes.key}) WHERE ${before.key} = ANY(depends_on)`;
    const stored =
      config && toStoredJson(parseConfig(getCheckType(before.type), withSecrets(before.type, config, before.config)));
    const row = await tx.healthCheck.update({
      where: { id: before.id },
      data: {
        ...changes,
        ...(stored && { config: stored }),
        nextDueAt: context.now(),
        leaseOwner: null,
        leaseUntil: null,
      },
    });
    await writeAudit(tx, context, {
      action: "check.update",
      subjectType: "check",
      subjectId: row.id,
      before: auditedCheck(before),
      after: auditedCheck(row),
    });
    await notifyChecks(tx);
    return toCheck(row);
  });
}

function withSecrets(type: string, incoming: Record<string, unknown>, stored: unknown): Record<string, unknown> {
  const { config, issues } = unmaskConfig(type, incoming, stored);
  if (issues.length > 0) throw new Problem("invalid", "The check is not valid: a secret must be typed again.", issues);
  return config;
}
