import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import config from "@/monitoring.config";
import { SYSTEM } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { readEnv } from "@/lib/env";
import { decodeJson } from "@/lib/metrics/otlp/decode-json";
import { receiveMetrics } from "@/lib/metrics/otlp/receive-metrics";
import { printFigures } from "./report";

/**
 * One OTLP request of 300 cumulative histograms with 800 buckets each, of one series and of 300: what it takes to store
 * them, as a ratio to parsing the request's JSON alone.
 */
const POINTS = 300;
const BUCKETS = 800;
const ROUNDS = 5;
const start = Date.now() - 3_600_000;
const explicitBounds = Array.from({ length: BUCKETS - 1 }, (_, i) => 1.05 ** i * 1e-9);

/** @param round each has new points, which go on counting */
function requestOf(name: string, seriesCount: number, round: number): string {
  const perSeries = POINTS / seriesCount;
  const dataPoints = Array.from({ length: POINTS }, (_, i) => {
    const count = 1 + round * perSeries + Math.floor(i / seriesCount);
    return {
      attributes: [{ key: "series", value: { intValue: i % seriesCount } }],
      startTimeUnixNano: `${start}000000`,
      timeUnixNano: `${start + count}000000`,
      count: String(count * 1_000 * BUCKETS),
      bucketCounts: Array.from({ length: BUCKETS }, () => String(count * 1_000)),
      explicitBounds,
    };
  });
  const metric = { name, unit: "ms", histogram: { aggregationTemporality: 2, dataPoints } };
  return JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] });
}

async function time(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** @returns the median of parsing a request, and of parsing and storing it, in ms */
async function measure(context: Context, name: string, seriesCount: number): Promise<[number, number]> {
  const parsed: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const body = requestOf(name, seriesCount, round);
    parsed.push(await time(() => JSON.parse(body)));
    stored.push(
      await time(async () => {
        const rejection = await receiveMetrics(context, (visit) => decodeJson(JSON.parse(body), visit));
        if (rejection) throw new Error(rejection.message);
      }),
    );
  }
  // The first round makes the series and warms the program.
  const median = (all: number[]) => all.slice(1).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return [median(parsed), median(stored)];
}

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
const postgres = await startPostgres(folder);
await migrate(postgres.url, process.cwd());
const { db, sql, close } = openDatabase(postgres.url, { name: "bench", log: SILENT, max: 4 });
try {
  await makePartitionsAhead(sql, new Date());
  const env = readEnv({ NODE_ENV: "test" });
  const context: Context = { db, sql, now: () => new Date(), fetch, log: SILENT, env, config, actor: SYSTEM };
  const [parsedOne, storedOne] = await measure(context, "one", 1);
  const [parsedMany, storedMany] = await measure(context, "many", POINTS);
  const met = printFigures(`${POINTS} cumulative histograms of ${BUCKETS} buckets in one request`, [
    { what: "of one series, stored", value: storedOne, unit: "ms", bound: { at: "most", value: 3_000 } },
    { what: "of one series, over parsing alone", value: storedOne / parsedOne, unit: "×" },
    { what: "of 300 series, stored", value: storedMany, unit: "ms", bound: { at: "most", value: 3_000 } },
    { what: "of 300 series, over parsing alone", value: storedMany / parsedMany, unit: "×" },
  ]);
  process.exitCode = met ? 0 : 1;
} finally {
  await close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
