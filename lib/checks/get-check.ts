import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { type Check, toCheck } from "./check";
import { checkReference, getCheckRow } from "./find-check";

/** One check by id or key. @throws Problem forbidden, not-found */
export async function getCheck(context: Context, input: unknown): Promise<Check> {
  authorize(context.actor, "read");
  const { id } = parseInput(checkReference, input, "The check");
  return toCheck(await getCheckRow(context.db, id));
}
