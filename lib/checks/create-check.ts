import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
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
      where: { key: { startsWith: key ?? slugOf(rest.label) } },
      select: { key: true },
    });
    const keys = new Set(taken.map((row) => row.key));
    if (key && keys.has(key)) throw keyTaken(key);
    await assertParents(tx, rest.dependsOn);
    const row = await tx.healthCheck.create({
      data: { ...rest, key: key ?? freeKey(slugOf(rest.label), keys), config: stored, createdAt: now, nextDueAt: now },
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

export function keyTaken(key: string): Problem {
  const message = `The key "${key}" is taken.`;
  return new Problem("conflict", message, [{ path: "key", message }]);
}

/** "Shop: front page" → "shop-front-page" */
function slugOf(label: string): string {
  const plain = label
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
  return (
    plain
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 56)
      .replace(/-$/, "") || "check"
  );
}

function freeKey(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number++;
  return `${slug}-${number}`;
}
