import type { Context } from "@/lib/core/context";

/** When any worker was last seen; null when there never was one. */
export async function getWorkerLastSeenAt(context: Pick<Context, "sql">): Promise<Date | null> {
  const { rows } = await context.sql.query<{ at: Date | null }>("SELECT max(last_seen_at) AS at FROM workers");
  return rows[0]?.at ?? null;
}
