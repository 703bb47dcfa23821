import type { Context } from "@/lib/core/context";
import { query } from "./query";
import { storedConfig } from "./stored-config";
import type { CheckStatus } from "./define-check";

/** One check that this process may run now, for one due slot, until its lease ends. */
export interface ClaimedCheck {
  id: string;
  key: string;
  label: string;
  type: string;
  /** As stored: parsed by its type when it runs. */
  config: unknown;
  intervalSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
  status: CheckStatus | null;
  consecutiveFailures: number;
  /** The due slot; with the id the key of the result. */
  scheduledAt: Date;
  leaseUntil: Date;
  owner: string;
}

/**
 * A lease lasts for the run's time-out and so much more: for starting late, storing, and clocks that differ a little.
 * Short, since it is how long a dead worker's checks wait: with the default time-out under the shortest interval.
 */
export const LEASE_MARGIN_MS = 4_000;

const RETURNING = `RETURNING c.id, c.key, c.label, c.type, c.config::text AS config, c.interval_seconds AS "intervalSeconds",
  c.timeout_seconds AS "timeoutSeconds", c.failure_threshold AS "failureThreshold", c.status,
  c.consecutive_failures AS "consecutiveFailures", c.next_due_at AS "scheduledAt", c.lease_until AS "leaseUntil",
  c.lease_owner AS owner`;

/**
 * Claims checks that are due, or will be in `aheadMs`, for one worker: each goes to one worker only (a row that another
 * one is just claiming is skipped). Where slots were missed, the newest one is run and the ones before it stay missing.
 *
 * All times are `context.now()`, as slots, timers and results are; the database's clock plays no part. So workers on
 * several hosts need clocks within LEASE_MARGIN_MS of each other (any NTP): beyond that a check may be run by two of them,
 * and still only the holder of the lease stores its result.
 *
 * @param owner the worker's own UUID
 * @param limit the most checks to claim
 * @param except checks that the worker still works on though their lease ended (their results wait for the database)
 */
export async function claimDueChecks(
  context: Pick<Context, "sql" | "now">,
  claim: { owner: string; limit: number; aheadMs?: number; leaseMarginMs?: number; except?: readonly string[] },
): Promise<ClaimedCheck[]> {
  const { owner, limit, aheadMs = 0, leaseMarginMs = LEASE_MARGIN_MS, except = [] } = claim;
  const now = context.now();
  const text = `
    UPDATE health_checks c SET
      lease_owner = $1,
      next_due_at = due.slot,
      lease_until = greatest(due.slot, $2::timestamptz) + make_interval(secs => c.timeout_seconds + $5::float8 / 1000)
    FROM (
      SELECT id, CASE WHEN next_due_at < $2::timestamptz
        THEN next_due_at + make_interval(secs => interval_seconds * floor(extract(epoch FROM $2::timestamptz - next_due_at) / interval_seconds)::float8)
        ELSE next_due_at END AS slot
      FROM health_checks
      WHERE next_due_at <= $3::timestamptz AND paused_at IS NULL AND (lease_until IS NULL OR lease_until < $2::timestamptz)
        AND id <> ALL ($6::uuid[])
      ORDER BY next_due_at LIMIT $4 FOR UPDATE SKIP LOCKED
    ) due
    WHERE c.id = due.id ${RETURNING}`;
  const ahead = new Date(now.getTime() + aheadMs);
  return claimed(context, "claim-due-checks", text, [
    owner,
    now.toISOString(),
    ahead.toISOString(),
    limit,
    leaseMarginMs,
    except,
  ]);
}

/**
 * Claims checks for a run outside their schedule: the slot is now, and a worker that holds one of them loses its lease, so
 * its result is dropped in favour of this one. Paused checks are claimed too.
 */
export async function claimChecksNow(
  context: Pick<Context, "sql" | "now">,
  { owner, ids }: { owner: string; ids: readonly string[] },
): Promise<ClaimedCheck[]> {
  // A slot is stored once: never the slot of the newest result, should two runs fall into one millisecond.
  const text = `
    UPDATE health_checks c SET
      lease_owner = $1,
      next_due_at = greatest($2::timestamptz, (c.last_result->>'scheduledAt')::timestamptz + interval '1 ms'),
      lease_until = $2::timestamptz + make_interval(secs => c.timeout_seconds + $3::float8 / 1000)
    FROM (SELECT id FROM health_checks WHERE id = ANY($4::uuid[]) ORDER BY id FOR UPDATE) chosen
    WHERE c.id = chosen.id ${RETURNING}`;
  return claimed(context, "claim-checks-now", text, [owner, context.now().toISOString(), LEASE_MARGIN_MS, ids]);
}

async function claimed(
  { sql }: Pick<Context, "sql">,
  name: string,
  text: string,
  values: unknown[],
): Promise<ClaimedCheck[]> {
  const rows = await query<ClaimedCheck & { config: string }>(sql, name, text, values);
  return rows.map((row) => ({ ...row, config: storedConfig(row.config) }));
}

/** Gives back claimed checks that were not run, so that any worker may take them at once. */
export async function releaseChecks(context: Pick<Context, "sql">, claimed: readonly ClaimedCheck[]): Promise<void> {
  if (claimed.length === 0) return;
  const text = `
    UPDATE health_checks c SET lease_owner = NULL, lease_until = NULL
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS held(id, owner, slot)
    WHERE c.id = held.id AND c.lease_owner = held.owner AND c.next_due_at = held.slot`;
  const columns = [
    claimed.map((check) => check.id),
    claimed.map((check) => check.owner),
    claimed.map((check) => check.scheduledAt.toISOString()),
  ];
  await query(context.sql, "release-checks", text, columns);
}
