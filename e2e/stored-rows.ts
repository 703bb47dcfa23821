import { randomUUID } from "node:crypto";
import type { Pool } from "pg";

/** A check, a user, a token, a view and an anomaly that exist for one call alone. */
export interface Target {
  checkId: string;
  userId: string;
  tokenId: string;
  viewId: string;
  anomalyId: string;
  /** The check's label, the token's name and the user's address before the @. */
  name: string;
}

const ONE = "SELECT id FROM";

/** The check is due tomorrow, so that only who asks for it runs it. */
export async function makeTarget(sql: Pool, { paused = false } = {}): Promise<Target> {
  const name = `target-${randomUUID()}`;
  const { rows } = await sql.query<Omit<Target, "name">>(
    `WITH c AS (
       INSERT INTO health_checks (key, type, label, config, next_due_at, paused_at)
       VALUES ($1, 'http', $1, '{"url":"http://127.0.0.1:9/"}', now() + interval '1 day', CASE WHEN $2 THEN now() END) RETURNING id
     ), u AS (
       INSERT INTO users (email, name, role, password_hash) VALUES ($1 || '@example.org', $1, 'viewer', '$none$') RETURNING id
     ), t AS (
       INSERT INTO api_tokens (name, token_hash, prefix, scopes) VALUES ($1, sha256($1::bytea), 'wk_', '{read}') RETURNING id
     ), v AS (
       INSERT INTO saved_views (name, query) VALUES ($1, 'q=avg:cpu_usage') RETURNING id
     ), s AS (
       INSERT INTO metric_series (name, unit, metadata, hash, anomalies_watched) VALUES ('target', 'ms', '{}', sha256($1::bytea), false) RETURNING id
     ), a AS (
       INSERT INTO metric_anomalies (series_id, at, score, kind, value, low, middle, high, reason)
       SELECT id, now(), 0.9, 'value', 812, 120, 150, 180, '5.4× above what is usual' FROM s RETURNING id
     )
     SELECT (${ONE} c) AS "checkId", (${ONE} u) AS "userId", (${ONE} t) AS "tokenId", (${ONE} v) AS "viewId",
       (${ONE} a) AS "anomalyId"`,
    [name, paused],
  );
  const [ids] = rows;
  if (!ids) throw new Error("nothing was made");
  return { ...ids, name };
}

/** Takes away what makeTarget and calls with its names made. */
export async function removeTargets(sql: Pool): Promise<void> {
  await sql.query("DELETE FROM health_checks WHERE label LIKE 'target-%'");
  await sql.query("DELETE FROM users WHERE email LIKE 'target-%'");
  await sql.query("DELETE FROM api_tokens WHERE name LIKE 'target-%'");
  await sql.query("DELETE FROM saved_views WHERE name LIKE 'target-%'");
  await sql.query(
    "DELETE FROM metric_anomalies WHERE series_id IN (SELECT id FROM metric_series WHERE name = 'target')",
  );
}

/** What people change, row by row: users, tokens, incidents, views, checks without what the worker writes, and the audit trail. */
export async function readStoredRows(sql: Pool, { checkId }: Target): Promise<unknown> {
  const { rows } = await sql.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(u) ORDER BY id) FROM users u) AS users,
       (SELECT jsonb_agg(to_jsonb(t) - 'last_used_at' ORDER BY id) FROM api_tokens t) AS tokens,
       (SELECT jsonb_agg(to_jsonb(i) ORDER BY id) FROM incidents i) AS incidents,
       (SELECT jsonb_agg(to_jsonb(v) ORDER BY id) FROM saved_views v) AS views,
       (SELECT jsonb_agg(to_jsonb(i) ORDER BY id) FROM incident_updates i) AS incident_updates,
       (SELECT jsonb_agg(to_jsonb(n) ORDER BY n.id) FROM metric_anomalies n JOIN metric_series s ON s.id = n.series_id WHERE s.name = 'target') AS anomalies,
       (SELECT jsonb_agg(to_jsonb(c) - ARRAY['status','status_since','consecutive_failures','last_result','last_result_at',
          'next_due_at','lease_owner','lease_until','updated_at'] ORDER BY id) FROM health_checks c) AS checks,
       (SELECT to_jsonb(c) FROM health_checks c WHERE id = $1) AS target,
       (SELECT count(*) FROM health_check_results WHERE check_id = $1) AS runs,
       (SELECT jsonb_agg(to_jsonb(a) ORDER BY id) FROM audit_entries a) AS audit`,
    [checkId],
  );
  return rows[0];
}
