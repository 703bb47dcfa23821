import { hostname } from "node:os";
import type { Context } from "@/lib/core/context";
import { isAlive } from "@/lib/core/processes";
import { query } from "./query";
import { SLOT_GRID_MS } from "./slots";

/** What is looked at so rarely that a restart does not make it old. */
const MAX_INTERVAL_SECONDS = 300;
/** The first round after a restart is spread over half an interval, and at most so long. */
const MAX_SPREAD_SECONDS = 10;
const ALIVE_SECONDS = 90;

/**
 * Brings the next run of every frequent check forward when this worker is the first after a restart: nobody watched
 * meanwhile, so nothing on the dashboard should be older than the restart for long. Leases of the dead worker end at once.
 * Where another worker may be alive nothing changes: it has been watching. Nor do checks that one has just claimed which
 * started at the same moment: only leases of workers that are known to be dead end.
 * @param workerId this worker's own id, whose row does not count
 * @returns how many checks were brought forward
 */
export async function freshenChecks(context: Pick<Context, "sql" | "now">, workerId: string): Promise<number> {
  const others = await query<{ id: string; host: string; pid: number; fresh: boolean }>(
    context.sql,
    "find-other-workers",
    "SELECT id, host, pid, last_seen_at > now() - make_interval(secs => $2) AS fresh FROM workers WHERE id <> $1",
    [workerId, ALIVE_SECONDS],
  );
  const isAlone = others.every(({ host, pid, fresh }) => !fresh || (host === hostname() && !isAlive(pid)));
  if (!isAlone) return 0;
  const moved = await query<{ id: string }>(context.sql, "freshen-checks", FRESHEN, [
    context.now().toISOString(),
    MAX_INTERVAL_SECONDS,
    MAX_SPREAD_SECONDS,
    SLOT_GRID_MS,
    others.map(({ id }) => id),
  ]);
  return moved.length;
}

const FRESHEN = `
  UPDATE health_checks c SET
    next_due_at = least(c.next_due_at, to_timestamp(
      ceil((extract(epoch FROM $1::timestamptz) * 1000 + spread.place * least(c.interval_seconds / 2.0, $3::int) * 1000) / $4::int) * $4::int / 1000)),
    lease_owner = NULL, lease_until = NULL
  FROM (
    SELECT id, row_number() OVER (ORDER BY next_due_at, id)::float8 / count(*) OVER () AS place
    FROM health_checks WHERE paused_at IS NULL AND interval_seconds <= $2::int
  ) spread
  WHERE c.id = spread.id AND (c.lease_owner IS NULL OR c.lease_until < $1::timestamptz OR c.lease_owner = ANY ($5::uuid[]))
  RETURNING c.id`;
