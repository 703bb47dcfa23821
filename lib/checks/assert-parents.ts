import { Problem } from "@/lib/core/errors";
import type { Prisma } from "@/lib/db/generated/client";

/**
 * Is each of these keys a check that this one may depend on?
 * @param own the key of the check itself @throws Problem invalid
 */
export async function assertParents(
  tx: Prisma.TransactionClient,
  keys: readonly string[],
  own?: string,
): Promise<void> {
  if (keys.length === 0) return;
  const rows = await tx.healthCheck.findMany({ where: { key: { in: [...keys] } }, select: { key: true } });
  const known = new Set(rows.map(({ key }) => key));
  const unknown = keys.filter((key) => !known.has(key));
  const message =
    own !== undefined && keys.includes(own)
      ? "a check can't depend on itself"
      : unknown.length > 0
        ? `there is no check with the key ${unknown.map((key) => `"${key}"`).join(", ")}`
        : undefined;
  if (message === undefined) return;
  throw new Problem("invalid", `The check is not valid: dependsOn: ${message}`, [{ path: "dependsOn", message }]);
}
