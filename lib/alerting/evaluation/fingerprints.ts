import type { PoolClient } from "pg";
import type { Severity } from "../severity";
import { FLAPPING } from "../decide-alert";

/** What is remembered of a fingerprint over its alerts. */
export interface FingerprintRow {
  fingerprint: string;
  notifiedAt: Date | null;
  notifiedSeverity: Severity | null;
  firings: Date[];
}

/** More than flapping looks at is not kept. */
const MOST_FIRINGS = FLAPPING.firings * 2;

export async function readFingerprints(
  client: PoolClient,
  fingerprints: readonly string[],
): Promise<Map<string, FingerprintRow>> {
  if (fingerprints.length === 0) return new Map();
  const { rows } = await client.query<FingerprintRow>(
    `SELECT fingerprint, notified_at AS "notifiedAt", notified_severity AS "notifiedSeverity", firings
     FROM alert_fingerprints WHERE fingerprint = ANY($1)`,
    [fingerprints],
  );
  return new Map(rows.map((row) => [row.fingerprint, row]));
}

export async function writeFingerprints(client: PoolClient, rows: readonly FingerprintRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const records = rows.map(({ fingerprint, notifiedAt, notifiedSeverity, firings }) => ({
    fingerprint,
    notified_at: notifiedAt,
    notified_severity: notifiedSeverity,
    firings: firings.slice(-MOST_FIRINGS),
  }));
  await client.query(
    `INSERT INTO alert_fingerprints (fingerprint, notified_at, notified_severity, firings, updated_at)
     SELECT fingerprint, notified_at, notified_severity, ARRAY(SELECT jsonb_array_elements_text(firings)::timestamptz), $2
     FROM jsonb_to_recordset($1::jsonb) AS r(fingerprint text, notified_at timestamptz, notified_severity alert_severity, firings jsonb)
     ON CONFLICT (fingerprint) DO UPDATE SET notified_at = excluded.notified_at, notified_severity = excluded.notified_severity,
       firings = excluded.firings, updated_at = excluded.updated_at`,
    [JSON.stringify(records), now],
  );
}
