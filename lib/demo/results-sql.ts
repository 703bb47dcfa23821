/** The statements behind lib/demo/seed-checks.ts. A made-up result says so in its meta: `demo: true`. */

export const INSERT_CHECK = `
  INSERT INTO health_checks (id, key, type, label, config, interval_seconds, created_at, updated_at, next_due_at, depends_on)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)`;

const COUNTS = `count(*) FILTER (WHERE status = 'ok')::int AS ok, count(*) FILTER (WHERE status = 'warning')::int AS warning,
  count(*) FILTER (WHERE status = 'failed')::int AS failed, sum(duration_ms) AS duration`;

/** $1 check, $2 interval in seconds. Takes made-up results away, and out of their days' counts. */
export const CLEAR_RESULTS = `
  WITH gone AS (
    DELETE FROM health_check_results WHERE check_id = $1 AND meta @> '{"demo": true}'
    RETURNING (scheduled_at AT TIME ZONE 'UTC')::date AS day, status, duration_ms
  ), sums AS (SELECT day, ${COUNTS} FROM gone GROUP BY day)
  UPDATE health_check_days d SET ok = greatest(0, d.ok - s.ok), warning = greatest(0, d.warning - s.warning),
    failed = greatest(0, d.failed - s.failed), duration_ms_sum = greatest(0, d.duration_ms_sum - s.duration), down_seconds = greatest(0, d.down_seconds - s.failed * $2::int)
  FROM sums s WHERE d.check_id = $1 AND d.day = s.day`;

/** $1 check */
export const DELETE_EMPTY_DAYS =
  "DELETE FROM health_check_days WHERE check_id = $1 AND ok + warning + failed + crashed + skipped = 0";

/**
 * $1 check, $2 from, $3 to (excluded), $4 interval in seconds, $5 usual ms, $6 type, $7 usual summary or null (the duration),
 * $8-$13 the outages' starts, ends, statuses, summaries, messages, durations; $14 the first real result or null.
 * A day's counts are added to where real results begin on it, else set: what stood there was the demo's.
 */
export const INSERT_RESULTS = `
  WITH slot AS (
    SELECT t, o.status, o.summary, o.message,
      coalesce(o.duration * (0.97 + 0.06 * random()),
        $5::float8 * exp(0.22 * 2 * (random() + random() + random() - 1.5))
        * (1 + 0.35 * (1 - cos(2 * pi() * (extract(epoch FROM t)::float8 / 86400 - 3.0 / 24))) / 2)
        * CASE WHEN random() < 0.004 THEN 2 + 2 * random() ELSE 1 END) AS ms
    FROM generate_series($2::timestamptz, $3::timestamptz - interval '1 millisecond', make_interval(secs => $4::int)) AS t
    LEFT JOIN unnest($8::timestamptz[], $9::timestamptz[], $10::check_status[], $11::text[], $12::text[], $13::float8[])
      AS o(start, stop, status, summary, message, duration) ON t >= o.start AND t < o.stop
  ), stored AS (
    INSERT INTO health_check_results (check_id, scheduled_at, started_at, duration_ms, status, state, short_summary, message, meta)
    SELECT $1, t, t + make_interval(secs => 0.004 * random()), round(ms::numeric, 2), coalesce(status, 'ok'), coalesce(status, 'ok'),
      coalesce(summary, $7, round(ms::numeric, CASE WHEN ms >= 100 THEN 0 WHEN ms >= 10 THEN 1 ELSE 2 END) || ' ms'),
      coalesce(message, ''),
      CASE
        WHEN status IS NOT NULL OR $6::text NOT IN ('http', 'tcp') THEN '{"demo": true}'
        WHEN $6::text = 'tcp' THEN jsonb_build_object('demo', true, 'responseTimeMs', round(ms::numeric, 2), 'connectMs', round(ms::numeric, 2))
        ELSE jsonb_build_object('demo', true, 'statusCode', 200, 'responseTimeMs', round(ms::numeric, 2), 'phases', jsonb_build_object(
          'dns', round((ms * 0.03)::numeric, 2), 'connect', round((ms * 0.09)::numeric, 2), 'tls', 0,
          'firstByte', round((ms * 0.8)::numeric, 2), 'download', round((ms * 0.08)::numeric, 2)))
      END
    FROM slot
    ON CONFLICT DO NOTHING
    RETURNING (scheduled_at AT TIME ZONE 'UTC')::date AS day, status, duration_ms
  ), days AS (
    INSERT INTO health_check_days AS d (check_id, day, ok, warning, failed, duration_ms_sum, down_seconds)
    SELECT $1, day, ok, warning, failed, duration, failed * $4::int FROM (SELECT day, ${COUNTS} FROM stored GROUP BY day) s
    ON CONFLICT (check_id, day) DO UPDATE SET (ok, warning, failed, duration_ms_sum, down_seconds) = (
      SELECT excluded.ok + kept * d.ok, excluded.warning + kept * d.warning, excluded.failed + kept * d.failed,
        excluded.duration_ms_sum + kept * d.duration_ms_sum, excluded.down_seconds + kept * d.down_seconds
      FROM (SELECT CASE WHEN excluded.day >= ($14::timestamptz AT TIME ZONE 'UTC')::date THEN 1 ELSE 0 END AS kept) k
    )
  )
  SELECT count(*)::int AS results FROM stored`;

/** $1 check, $2 from, $3 to (its day excluded), $4 results a day, $5 usual ms. Days of which only the counts are kept. */
export const COUNT_OLDER_DAYS = `
  INSERT INTO health_check_days (check_id, day, ok, failed, duration_ms_sum, down_seconds)
  SELECT $1::uuid, day::date, $4::int - bad, bad, $4::int * $5::float8 * 1.2, bad * 86400.0 / $4::int
  FROM generate_series(($2::timestamptz AT TIME ZONE 'UTC')::date, ($3::timestamptz AT TIME ZONE 'UTC')::date - 1, interval '1 day') AS day
  CROSS JOIN LATERAL (SELECT CASE WHEN hashtext($1::uuid::text || day::text) % 29 = 0 THEN greatest(1, $4::int / 50) ELSE 0 END AS bad) b
  ON CONFLICT DO NOTHING`;

/** $1 checks. Their newest result becomes their state, and they are due at the next slot of their grid. */
export const SHOW_LAST_RESULT = `
  UPDATE health_checks c SET status = r.status, consecutive_failures = 0, last_result_at = r.started_at + make_interval(secs => r.duration_ms / 1000),
    status_since = coalesce((SELECT max(b.scheduled_at) FROM health_check_results b WHERE b.check_id = c.id AND b.status <> r.status), c.created_at),
    next_due_at = r.scheduled_at + make_interval(secs => c.interval_seconds),
    last_result = jsonb_build_object('scheduledAt', r.scheduled_at, 'startedAt', r.started_at, 'durationMs', r.duration_ms,
      'status', r.status, 'shortSummary', r.short_summary, 'message', r.message, 'meta', r.meta)
  FROM (
    SELECT DISTINCT ON (check_id) * FROM health_check_results WHERE check_id = ANY($1::uuid[]) ORDER BY check_id, scheduled_at DESC
  ) r
  WHERE c.id = r.check_id`;
