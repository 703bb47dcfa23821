import type { PoolClient } from "pg";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import type { ReadContext, Readings } from "../define-source";
import type { EvaluatedRule } from "../rule-rows";
import { SOURCE_TYPES } from "../source-registry";

/** Kinds of rules that are looked at when a check flips too, within the round's transaction. */
export const FOLLOWS_CHECKS: readonly string[] = [...SOURCE_TYPES]
  .filter(([, { followsChecks }]) => followsChecks)
  .map(([id]) => id);

/** Kinds of rules that are looked at when an error is new or has come back too. */
export const FOLLOWS_ERRORS: readonly string[] = [...SOURCE_TYPES]
  .filter(([, { followsErrors }]) => followsErrors)
  .map(([id]) => id);

/** What the rules read that don't follow checks, by rule. A source that can't be read is left out: its alerts stay as they are. */
export async function readSlowSources(
  context: Context,
  rules: readonly EvaluatedRule[],
): Promise<Map<string, Readings>> {
  const readings = new Map<string, Readings>();
  for (const source of new Set(rules.map((rule) => rule.source))) {
    if (FOLLOWS_CHECKS.includes(source)) continue;
    try {
      await readSource(context, source, rules, readings);
    } catch (error) {
      const about = { source, error: messageOf(error) };
      context.log.error(about, "a source of alerts can't be read; its alerts stay as they are");
    }
  }
  return readings;
}

/**
 * Adds what the rules read that follow checks, in the round's transaction.
 * @param checkIds only these checks; all where left out
 * @throws what the database throws: a failed statement ends the transaction
 */
export async function readCheckSources(
  { now }: Pick<Context, "now">,
  client: PoolClient,
  rules: readonly EvaluatedRule[],
  into: Map<string, Readings>,
  checkIds?: readonly string[],
): Promise<void> {
  for (const source of FOLLOWS_CHECKS) await readSource({ sql: client, now }, source, rules, into, checkIds);
}

async function readSource(
  context: ReadContext,
  source: string,
  rules: readonly EvaluatedRule[],
  into: Map<string, Readings>,
  checkIds?: readonly string[],
): Promise<void> {
  const own = rules.filter((rule) => rule.source === source);
  if (own.length === 0) return;
  const type = SOURCE_TYPES.get(source);
  const answer = type
    ? await type.read(own, context, checkIds && { checkIds })
    : new Map(own.map(({ id }) => [id, { problem: `There is no source "${source}" in this version.` }]));
  for (const [id, readings] of answer) into.set(id, readings);
}
