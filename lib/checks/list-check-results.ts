import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import type { LastResult } from "./check";
import type { CheckStatus } from "./define-check";
import { getCheckRow } from "./find-check";

/** One stored run. */
export interface StoredResult extends LastResult {
  /** The check's state after this result. */
  state: CheckStatus;
}

/** Which results of a check, newest first. */
export const resultFilter = z.object({
  checkId: z.string().meta({ description: "The check's id or its key." }),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  ...page,
});

const cursorKeys = z.tuple([z.iso.datetime()]);
const meta = z.record(z.string(), z.unknown());

/**
 * The results of one check, newest first, a page at a time.
 * @throws Problem forbidden, invalid, not-found
 */
export async function listCheckResults(context: Context, input: unknown): Promise<Page<StoredResult>> {
  authorize(context.actor, "read");
  const { checkId, from, to, limit, cursor } = parseInput(resultFilter, input, "The filter");
  const check = await getCheckRow(context.db, checkId);
  const before = cursor ? new Date(decodeCursor(cursorKeys, cursor)[0]) : undefined;
  const rows = await context.db.healthCheckResult.findMany({
    where: {
      checkId: check.id,
      scheduledAt: { ...(from && { gte: from }), ...(to && { lte: to }), ...(before && { lt: before }) },
    },
    orderBy: { scheduledAt: "desc" },
    take: limit + 1,
    omit: { checkId: true },
  });
  const results = rows.map((row) => ({ ...row, meta: meta.parse(row.meta) }));
  return toPage(results, limit, (result) => [result.scheduledAt.toISOString()]);
}
