import { isDeepStrictEqual } from "node:util";
import type { Context } from "@/lib/core/context";
import { parseCauses } from "./cause";
import { rankCauses } from "./rank-causes";
import { readCauseFacts } from "./read-cause-facts";

/**
 * Ranks the likely causes of incidents anew, and stores those that changed. Safe from several workers: each comes to the same.
 * @param incidentIds where left out, the open ones @returns how many changed
 */
export async function refreshCauses(context: Context, incidentIds?: readonly string[]): Promise<number> {
  const { sql } = context;
  const changed = (await readCauseFacts(context, incidentIds)).flatMap((facts) => {
    const causes = rankCauses(facts);
    return isDeepStrictEqual(causes, parseCauses(facts.causes)) ? [] : [{ id: facts.incidentId, causes }];
  });
  for (const { id, causes } of changed)
    await sql.query("UPDATE incidents SET causes = $2 WHERE id = $1", [id, JSON.stringify(causes)]);
  if (changed.length > 0) await sql.query(`SELECT pg_notify('watchkeeper', '{"topic":"incidents"}')`);
  return changed.length;
}
