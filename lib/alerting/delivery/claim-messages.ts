import type { Context } from "@/lib/core/context";

/** A message that this process may send until its lease ends. */
export interface ClaimedMessage {
  id: string;
  channelId: string;
  channelType: string;
  channelLabel: string;
  channelConfig: unknown;
  target: string;
  action: string;
  content: unknown;
  /** This one too. */
  attempts: number;
  /** An earlier attempt may have arrived. */
  wasUncertain: boolean;
  createdAt: Date;
  /** When it was last queued: made, or sent again by a person. */
  queuedAt: Date;
  owner: string;
}

/** Longer than finding and sending take together. */
const LEASE_SECONDS = 30;
/** A message that fails for so long holds up the ones after it no more. */
const HOLDS_UP_MS = 600_000;
/** So many of a channel in one claim: a service that hangs must not take all places. */
const MOST_OF_CHANNEL = 5;

// The attempt is counted, and the message uncertain, before it is sent: of a process that is killed in the middle this is known.
const CLAIM = `
  WITH due AS MATERIALIZED (
    SELECT d.* FROM alert_channels c CROSS JOIN LATERAL (
      SELECT q.id, q.is_uncertain, c.type, c.label, c.config FROM notification_messages q
      WHERE q.channel_id = c.id AND q.status = 'queued' AND q.next_attempt_at <= $2 AND (q.lease_until IS NULL OR q.lease_until < $2)
        AND NOT EXISTS (
          SELECT FROM notification_messages o WHERE o.channel_id = q.channel_id AND o.target = q.target AND o.status = 'queued'
            AND (o.created_at, o.id) < (q.created_at, q.id) AND o.created_at > $4)
      ORDER BY q.next_attempt_at, q.id LIMIT ${MOST_OF_CHANNEL} FOR UPDATE OF q SKIP LOCKED
    ) d WHERE c.id <> ALL ($6::uuid[]) LIMIT $5
  )
  UPDATE notification_messages m SET lease_owner = $1, lease_until = $2::timestamptz + make_interval(secs => $3), attempts = m.attempts + 1, is_uncertain = true
  FROM due WHERE m.id = due.id AND m.status = 'queued' AND (m.lease_until IS NULL OR m.lease_until < $2)
  RETURNING m.id, m.channel_id AS "channelId", due.type AS "channelType", due.label AS "channelLabel", due.config AS "channelConfig", m.target,
    m.action, m.content, m.attempts, due.is_uncertain AS "wasUncertain", m.created_at AS "createdAt",
    coalesce(m.settled_at, m.created_at) AS "queuedAt", m.lease_owner AS owner`;

/**
 * Claims messages that are due, each for one process only. Those to one target go in their order, one after the other.
 * @param busy channels that have enough in hand
 */
export async function claimMessages(
  { sql, now }: Pick<Context, "sql" | "now">,
  { owner, limit, busy = [] }: { owner: string; limit: number; busy?: readonly string[] },
): Promise<ClaimedMessage[]> {
  const at = now();
  const { rows } = await sql.query<ClaimedMessage>({
    name: "claim-messages",
    text: CLAIM,
    values: [owner, at, LEASE_SECONDS, new Date(at.getTime() - HOLDS_UP_MS), limit, busy],
  });
  return rows;
}

const NEXT = `
  SELECT least(
    (SELECT min(send_after) FROM notifications n WHERE status = 'queued' AND NOT EXISTS (SELECT FROM notification_items i WHERE i.notification_id = n.id)),
    (SELECT min(greatest(next_attempt_at, coalesce(lease_until, next_attempt_at))) FROM notification_messages WHERE status = 'queued')) AS at`;

/** When the next thing falls due; null: nothing waits. */
export async function nextDueAt({ sql }: Pick<Context, "sql">): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date | null }>({ name: "next-message", text: NEXT });
  return rows[0]?.at ?? null;
}
