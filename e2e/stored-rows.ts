import { randomUUID } from "node:crypto";
import type { Pool } from "pg";

/** A check, a user, a token, a view, an anomaly, an incident and all that belongs to an alert, that exist for one call alone. */
export interface Target {
  checkId: string;
  userId: string;
  tokenId: string;
  viewId: string;
  anomalyId: string;
  ruleId: string;
  channelId: string;
  silenceId: string;
  windowId: string;
  /** Of the status page, measured by the check. */
  componentId: string;
  /** Of the rule, about the check. */
  alertId: string;
  /** Failed for good. */
  messageId: string;
  /** Public, nobody has taken it on, with a post-mortem that is published in the house. */
  incidentId: string;
  incidentNumber: number;
  /** Another one, internal and open. */
  otherIncidentId: string;
  /** An update of the incident. */
  entryId: string;
  /** Of the incident, not done. */
  actionItemId: string;
  /** A number; of it are the key and the error. */
  projectId: string;
  projectKeyId: string;
  /** With one event. */
  errorId: string;
  /** Of the same project, without events. */
  otherErrorId: string;
  /** The check's label, the token's name and the user's address before the @. */
  name: string;
}

const ONE = "SELECT id FROM";

/** What an event's page can show, of each part something. */
const EVENT = {
  platform: "node",
  transaction: "GET /cart",
  exceptions: [
    { type: "Error", value: "connection refused", frames: [] },
    {
      type: "TypeError",
      value: "Cannot read properties of undefined (reading 'id')",
      mechanism: { type: "onunhandledrejection", handled: false },
      frames: [
        { function: "dispatch", filename: "node_modules/express/lib/router.js", line: 12, inApp: false },
        {
          function: "addItem",
          filename: "app/cart.ts",
          line: 42,
          inApp: true,
          preContext: ["export function addItem(cart) {"],
          contextLine: `  return cart.items.find((item) => item.product.id === id); // ${"a long line ".repeat(20)}`,
          postContext: ["}"],
          vars: { id: "7" },
        },
      ],
    },
  ],
  tags: [["browser", "Firefox"]],
  user: { id: "7", email: "ada@example.com" },
  request: { url: "https://shop.example.com/cart", method: "GET", headers: [["Accept", "*/*"]] },
  contexts: { runtime: { name: "node", version: "20.20.2" } },
  breadcrumbs: [{ at: "2026-11-27T12:00:00.000Z", category: "http", message: "GET /cart", data: { status: 500 } }],
  extra: { cart: { items: 3 } },
};

/**
 * The worker has nothing to do with it: the check is due tomorrow, the action item in a century (overdue, an alert of its own
 * would remind of it), a person declared the incident (one that alerts opened is joined by what fires at the same time), and
 * the alert says what its rule says of a check that never ran.
 * @param linked the alert belongs to the incident
 */
export async function makeTarget(
  sql: Pool,
  { paused = false, acknowledged = false, resolved = false, linked = false } = {},
): Promise<Target> {
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
     ), r AS (
       INSERT INTO alert_rules (key, label, source, config, channels, paused_at)
       SELECT $1, $1, 'check-state', jsonb_build_object('checks', jsonb_build_array($1::text)), ARRAY[$1], CASE WHEN $2 THEN now() END RETURNING id
     ), h AS (
       INSERT INTO alert_channels (key, label, type, config, disabled_at, disabled_reason)
       VALUES ($1, $1, 'webhook', '{"url":"http://127.0.0.1:9/"}', CASE WHEN $2 THEN now() END, CASE WHEN $2 THEN 'switched off by a person' END) RETURNING id
     ), si AS (
       INSERT INTO silences (matchers, comment, starts_at, ends_at, created_by)
       VALUES ('[{"label":"check","op":"=","value":"target"}]', $1, now(), now() + interval '1 hour', 'target') RETURNING id
     ), w AS (
       INSERT INTO maintenance_windows (label, matchers, recurrence, timezone, weekdays, cron, duration_minutes, created_by)
       VALUES ($1, '[{"label":"check","op":"=","value":"target"}]', 'cron', 'UTC', '{}', '0 3 * * 0', 60, 'target') RETURNING id
     ), sc AS (
       INSERT INTO status_components (label, position) VALUES ($1, 1000) RETURNING id
     ), scc AS (
       INSERT INTO status_component_checks (component_id, check_id) SELECT sc.id, c.id FROM sc, c
     ), i AS (
       INSERT INTO incidents (created_by, title, severity, visibility, status, resolved_at)
       VALUES ('target', $1, 'low', 'public', CASE WHEN $4 THEN 'resolved' ELSE 'investigating' END::incident_status, CASE WHEN $4 THEN now() END) RETURNING id, number
     ), oi AS (
       INSERT INTO incidents (created_by, title, severity) VALUES ('target', $1, 'low') RETURNING id
     ), e AS (
       INSERT INTO incident_updates (incident_id, message, author_name) SELECT id, 'We **look** at it.', 'target' FROM i RETURNING id
     ), p AS (
       INSERT INTO postmortems (incident_id, impact, published_at, updated_by) SELECT id, 'Target', now(), 'target' FROM i
     ), ia AS (
       INSERT INTO incident_actions (incident_id, title, due_on) SELECT id, $1, '2100-01-02' FROM i RETURNING id
     ), pr AS (
       INSERT INTO projects (name, platform) VALUES ($1, 'node') RETURNING id
     ), pk AS (
       INSERT INTO project_keys (project_id, public_key) SELECT id, md5($1) FROM pr RETURNING id
     ), eg AS (
       INSERT INTO error_groups (project_id, type, value, culprit, level, status, resolved_at, first_seen_at, last_seen_at, event_count)
       SELECT id, 'TypeError', $1, 'app/cart.ts in addItem', 'error', CASE WHEN $4 THEN 'resolved' ELSE 'open' END::error_group_status,
         CASE WHEN $4 THEN now() END, now(), now(), 1 FROM pr RETURNING id, project_id
     ), og AS (
       INSERT INTO error_groups (project_id, type, value, level, first_seen_at, last_seen_at)
       SELECT id, 'RangeError', $1, 'warning', now(), now() FROM pr RETURNING id
     ), ev AS (
       INSERT INTO error_events (project_id, id, occurred_at, received_at, group_id, level, data)
       SELECT project_id, gen_random_uuid(), now(), now(), id, 'error', $6 FROM eg
     ), al AS (
       INSERT INTO alerts (incident_id, fingerprint, open_fingerprint, rule_id, rule_key, rule_label, source, state, severity, subject, labels, check_id,
         summary, pending_since, firing_since, acknowledged_at, acknowledged_by, notified_at, notified_severity)
       SELECT CASE WHEN $5 THEN i.id END, f, f, r.id, $1, $1, 'check-state', 'firing', 'warning', $1, jsonb_build_object('check', $1::text), c.id,
         $1 || ' is not known.', now(), now(), CASE WHEN $3 THEN now() END, CASE WHEN $3 THEN 'target' END, now(), 'warning'
       FROM c, r, i, LATERAL (SELECT left(encode(sha256(convert_to($1 || E'\n' || c.id, 'UTF8')), 'hex'), 32) AS f) f RETURNING id
     ), m AS (
       INSERT INTO notification_messages (channel_id, target, content, status, attempts, next_attempt_at, last_error, created_at, settled_at)
       SELECT id, 'http://127.0.0.1:9/', '{}', 'failed', 1, now(), 'refused', now(), now() FROM h RETURNING id
     )
     SELECT (${ONE} r) AS "ruleId", (${ONE} h) AS "channelId", (${ONE} si) AS "silenceId", (${ONE} w) AS "windowId", (${ONE} sc) AS "componentId",
       (${ONE} al) AS "alertId", (${ONE} m) AS "messageId", (${ONE} c) AS "checkId", (${ONE} u) AS "userId", (${ONE} t) AS "tokenId", (${ONE} v) AS "viewId",
       (${ONE} a) AS "anomalyId", (${ONE} i) AS "incidentId", (SELECT number FROM i) AS "incidentNumber", (${ONE} oi) AS "otherIncidentId", (${ONE} e) AS "entryId", (${ONE} ia) AS "actionItemId",
       (SELECT id::text FROM pr) AS "projectId", (${ONE} pk) AS "projectKeyId", (${ONE} eg) AS "errorId",
       (${ONE} og) AS "otherErrorId"`,
    [name, paused, acknowledged, resolved, linked, JSON.stringify(EVENT)],
  );
  const [ids] = rows;
  if (!ids) throw new Error("nothing was made");
  return { ...ids, name };
}

/** Gives the target's incident all that its page can show: lines of each kind, an affected check, causes, Markdown. */
export async function fillIncident(sql: Pool, { incidentId, checkId }: Target): Promise<void> {
  await sql.query(
    `UPDATE incidents SET visibility = 'public', is_automatic = true, description = $2, causes = $3 WHERE id = $1`,
    [
      incidentId,
      "# What\n\nCards are *refused*:\n\n- `503`\n- [the check](/checks)\n\n> since 14:02\n\n```\ncurl -v http://127.0.0.1:9/a-long-path-that-does-not-fit-into-a-narrow-screen\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
      JSON.stringify([
        { kind: "deploy", title: "shop-api 2.4.1", reason: "Deployed 30 s before.", score: 0.8, link: "/explore" },
      ]),
    ],
  );
  await sql.query(
    `INSERT INTO incident_checks (incident_id, check_id, label, impact) VALUES ($1, $2, 'Payments', 'major'), ($1, NULL, 'Gone', 'degraded')`,
    [incidentId, checkId],
  );
  await sql.query(
    `INSERT INTO incident_updates (incident_id, source, ref, message, link, is_pinned, is_public, annotation, status)
     SELECT $1, s, 'target ' || n, 'Line ' || n || ' of ' || s, CASE WHEN n % 2 = 0 THEN '/checks' END, n = 4, n % 3 = 0,
       CASE WHEN n % 10 = 0 THEN 'The first sign' END, CASE WHEN s = 'change' THEN 'identified'::incident_status END
     FROM generate_series(1, 60) n, LATERAL (SELECT (ARRAY['alerts', 'check-flips', 'anomalies', 'deploys', 'notifications', 'change', 'other'])[1 + n % 7] AS s) k`,
    [incidentId],
  );
}

/** Takes away what makeTarget and calls with its names made. */
export async function removeTargets(sql: Pool): Promise<void> {
  await sql.query("DELETE FROM health_checks WHERE label LIKE 'target-%'");
  await sql.query("DELETE FROM users WHERE email LIKE 'target-%'");
  await sql.query("DELETE FROM api_tokens WHERE name LIKE 'target-%'");
  await sql.query("DELETE FROM incidents WHERE title LIKE 'target-%'");
  await sql.query("DELETE FROM alerts WHERE rule_label LIKE 'target-%'");
  await sql.query("DELETE FROM alert_rules WHERE label LIKE 'target-%'");
  await sql.query("DELETE FROM alert_channels WHERE label LIKE 'target-%'");
  await sql.query("DELETE FROM silences WHERE comment LIKE 'target-%'");
  await sql.query("DELETE FROM maintenance_windows WHERE label LIKE 'target-%'");
  await sql.query("DELETE FROM incidents WHERE title LIKE 'target-%'");
  await sql.query("DELETE FROM error_events WHERE project_id IN (SELECT id FROM projects WHERE name LIKE 'target-%')");
  await sql.query("DELETE FROM projects WHERE name LIKE 'target-%'");
  await sql.query("DELETE FROM status_components WHERE label LIKE 'target-%'");
  await sql.query("DELETE FROM status_page WHERE title LIKE 'target-%'");
  await sql.query("DELETE FROM saved_views WHERE name LIKE 'target-%'");
  await sql.query(
    "DELETE FROM metric_anomalies WHERE series_id IN (SELECT id FROM metric_series WHERE name = 'target')",
  );
}

/**
 * What people change, row by row: users, tokens, incidents, views, checks, and the audit trail. What the worker writes by itself
 * meanwhile (results, the incidents that alerts open) is left out.
 */
export async function readStoredRows(sql: Pool, { checkId, alertId }: Target): Promise<unknown> {
  const { rows } = await sql.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(u) ORDER BY id) FROM users u) AS users,
       (SELECT jsonb_agg(to_jsonb(t) - 'last_used_at' ORDER BY id) FROM api_tokens t) AS tokens,
       (SELECT jsonb_agg(to_jsonb(i) - ARRAY['causes', 'updated_at'] ORDER BY id) FROM incidents i WHERE NOT is_automatic) AS incidents,
       (SELECT jsonb_agg(to_jsonb(k) ORDER BY k.id) FROM incident_checks k JOIN incidents i ON i.id = k.incident_id WHERE NOT i.is_automatic) AS affected,
       (SELECT jsonb_agg(to_jsonb(v) ORDER BY id) FROM saved_views v) AS views,
       (SELECT jsonb_agg(to_jsonb(i) ORDER BY id) FROM incident_updates i WHERE source IN ('update', 'change')) AS incident_updates,
       (SELECT jsonb_agg(to_jsonb(p) ORDER BY incident_id) FROM postmortems p) AS postmortems,
       (SELECT jsonb_agg(to_jsonb(i) ORDER BY id) FROM incident_actions i) AS incident_actions,
       (SELECT jsonb_agg(to_jsonb(p) - 'updated_at' ORDER BY id) FROM projects p) AS projects,
       (SELECT jsonb_agg(to_jsonb(k) - 'last_used_at' ORDER BY id) FROM project_keys k) AS project_keys,
       (SELECT jsonb_agg(to_jsonb(g) ORDER BY g.id) FROM error_groups g JOIN projects p ON p.id = g.project_id WHERE p.name LIKE 'target-%') AS errors,
       (SELECT jsonb_agg(to_jsonb(c) ORDER BY id) FROM error_comments c) AS error_comments,
       (SELECT jsonb_agg(to_jsonb(n) ORDER BY n.id) FROM metric_anomalies n JOIN metric_series s ON s.id = n.series_id WHERE s.name = 'target') AS anomalies,
       (SELECT jsonb_agg(to_jsonb(c) - ARRAY['status','status_since','consecutive_failures','last_result','last_result_at',
          'next_due_at','lease_owner','lease_until','updated_at'] ORDER BY id) FROM health_checks c) AS checks,
       (SELECT to_jsonb(c) FROM health_checks c WHERE id = $1) AS target,
       (SELECT jsonb_agg(to_jsonb(r) - ARRAY['problem', 'updated_at'] ORDER BY id) FROM alert_rules r) AS rules,
       (SELECT jsonb_agg(to_jsonb(h) - 'updated_at' ORDER BY id) FROM alert_channels h) AS channels,
       (SELECT jsonb_agg(to_jsonb(s) ORDER BY id) FROM silences s) AS silences,
       (SELECT jsonb_agg(to_jsonb(w) - 'updated_at' ORDER BY id) FROM maintenance_windows w) AS windows,
       (SELECT jsonb_agg(to_jsonb(p) - 'updated_at') FROM status_page p) AS status_page,
       (SELECT jsonb_agg(to_jsonb(s) - 'updated_at' ORDER BY id) FROM status_components s) AS components,
       (SELECT jsonb_build_array(acknowledged_at, acknowledged_by, acknowledge_note, incident_id) FROM alerts WHERE id = $2) AS alert,
       (SELECT count(*) FROM health_check_results WHERE check_id = $1) AS runs,
       (SELECT jsonb_agg(to_jsonb(a) ORDER BY id) FROM audit_entries a WHERE actor_kind <> 'system') AS audit`,
    [checkId, alertId],
  );
  return rows[0];
}
