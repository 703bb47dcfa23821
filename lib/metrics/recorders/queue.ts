import { defineRecorder } from "../define-recorder";

const READ = `
  SELECT count(*) FILTER (WHERE state < 'active' AND start_after <= $1)::float8 AS pending,
    count(*) FILTER (WHERE state = 'failed')::float8 AS failed,
    (coalesce(extract(epoch FROM $1::timestamptz - min(start_after) FILTER (WHERE state < 'active' AND start_after <= $1)), 0) * 1000)::float8 AS oldest_ms,
    (count(*) FILTER (WHERE state = 'completed' AND completed_on > $1::timestamptz - interval '1 minute') / 60.0)::float8 AS throughput
  FROM pgboss.job WHERE name NOT LIKE '\\_\\_pgboss\\_\\_%'`;

interface Row {
  pending: number;
  failed: number;
  oldest_ms: number;
  throughput: number;
}

/** The product's job queue (pg-boss). Where no worker has made it yet, nothing is recorded. */
export const queue = defineRecorder({
  label: "Job queue",
  scope: "cluster",
  metrics: {
    queue_size: { unit: "count", title: "Queue", description: "Jobs that are due and wait for a worker." },
    queue_failed: { unit: "count", title: "Failed jobs", description: "Jobs that failed for good and are still kept." },
    queue_oldest: {
      unit: "ms",
      title: "Oldest waiting job",
      description: "How long the oldest due job has waited; 0 when none does.",
    },
    queue_throughput: {
      unit: "per_second",
      title: "Jobs done",
      description: "Jobs completed a second in the minute before.",
    },
  },
  start: ({ sql }) => ({
    record: async (slot) => {
      const { rows: made } = await sql.query<{ table: string | null }>(
        `SELECT to_regclass('pgboss.job')::text AS table`,
      );
      if (!made[0]?.table) return [];
      const { rows } = await sql.query<Row>(READ, [slot]);
      const [row] = rows;
      if (!row) return [];
      return [
        { name: "queue_size", value: row.pending },
        { name: "queue_failed", value: row.failed },
        { name: "queue_oldest", value: row.oldest_ms },
        { name: "queue_throughput", value: row.throughput },
      ];
    },
  }),
});
