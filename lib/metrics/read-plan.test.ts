import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { getMetrics } from "./get-metrics";
import { buildStatement } from "./query/read-statement";
import { layGrid } from "./query/time-grid";
import { vacuumClosedPartitions } from "./vacuum-closed";

const context = await createTestContext();
const DAY = 86_400_000;
const SERIES = 12;
const now = new Date(Math.floor(Date.now() / DAY) * DAY);
const from = new Date(now.getTime() - 30 * DAY);

/** 30 days of a sample a minute, in the order of time, as they come in. */
async function fill(): Promise<void> {
  await context.sql.query(
    `INSERT INTO metric_series (name, unit, metadata, hash)
     SELECT 'm' || n, 'count', '{}', sha256(('m' || n)::bytea) FROM generate_series(1, $1::int) n`,
    [SERIES],
  );
  await context.sql.query(
    `INSERT INTO system_metrics (series_id, recorded_at, value)
     SELECT n, t, n
     FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 minute', interval '1 minute') t, generate_series(1, $3::int) n`,
    [from, now, SERIES],
  );
}

test(
  "30 days are read by index-only range scans alone, quickly, and closed days are vacuumed once",
  { timeout: 120_000 },
  async () => {
    await fill();
    // Autovacuum may have been there before us for some of them.
    const vacuumed = await vacuumClosedPartitions(context.sql, new Date(now.getTime() + 3_600_000));
    expect(vacuumed.length).toBeGreaterThan(0);
    expect(vacuumed.length).toBeLessThanOrEqual(30);
    expect(await vacuumClosedPartitions(context.sql, new Date(now.getTime() + 3_600_000))).toEqual([]);

    for (const ids of [[7], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]) {
      const grid = layGrid({ from, to: now, stepSeconds: 10_800, timezone: undefined, offsetSeconds: 0 });
      const { text, values } = buildStatement([
        {
          operation: "avg",
          quantile: 0,
          isDistribution: false,
          grid,
          spans: { raw: [{ from: from.getTime(), to: now.getTime() }], hour: [], day: [] },
          members: ids.map((id, slot) => ({ id, slot })),
        },
      ]);
      const { rows } = await context.sql.query<{ "QUERY PLAN": string }>(
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS) ${text}`,
        values,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).not.toMatch(/Seq Scan|Bitmap/);
      expect(plan.match(/Index Only Scan/g)?.length).toBeGreaterThanOrEqual(30);
      expect(plan).not.toMatch(/Heap Fetches: [1-9]/);
      // A series' 43,200 values lie on about 10 pages a day; the whole table has ten times as many.
      const [, hit = "0", read = "0"] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan) ?? [];
      expect(Number(hit) + Number(read)).toBeLessThan(400 * ids.length);
    }

    // 20 to 30 ms on an idle machine; the bound is for one that does much else.
    const start = performance.now();
    const { stepSeconds, series } = await getMetrics(context, { name: "m7", from, to: now });
    expect(performance.now() - start).toBeLessThan(1_000);
    expect([stepSeconds, series[0]?.points.length]).toEqual([10_800, 240]);
  },
);

test("today's partition is left to autovacuum", async () => {
  const { rows } = await context.sql.query<{ id: number }>("SELECT min(id) AS id FROM metric_series");
  const today = new Date(now.getTime() + 60_000);
  await context.sql.query("INSERT INTO system_metrics VALUES ($1, $2, 1)", [rows[0]?.id, today]);
  expect(await vacuumClosedPartitions(context.sql, today)).toEqual([]);
});
