import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { freeKey, keyTaken, slugOf } from "@/lib/core/free-key";
import { writeAudit } from "@/lib/access/audit";
import { type Check, auditedCheck, toCheck } from "./check";
import { parseCheck } from "./check-input";
import { toStoredJson } from "./stored-json";
import { assertParents } from "./assert-parents";
import { notifyChecks } from "./notify-checks";

/**
 * Makes a check. It runs at once, then on its grid.
 * @throws Problem forbidden, invalid (each wrong field named), conflict when the key is taken
 */
export async function createCheck(context: Context, input: unknown): Promise<Check> {
  authorize(context.actor, "checks:write");
  const { key, config, ...rest } = parseCheck(input);
  const stored = toStoredJson(config);
  const now = context.now();
  return context.db.$transaction(async (tx) => {
    const taken = await tx.healthCheck.findMany({
      where: { key: { startsWith: key ?? slugOf(rest.label, "check") } },
      select: { key: true },
    });
    const keys = new Set(taken.map((row) => row.key));
    if (key && keys.has(key)) throw keyTaken(key);
    await assertParents(tx, rest.dependsOn);
    const row = await tx.healthCheck.create({
      data: { ...rest, key: key ?? freeKey(rest.label, "check", keys), config: stored, createdAt: now, nextDueAt: now },
    });
    await writeAudit(tx, context, {
      action: "check.create",
      subjectType: "check",
      subjectId: row.id,
      after: auditedCheck(row),
    });
    await notifyChecks(tx);
    return toCheck(row);
  });
}
