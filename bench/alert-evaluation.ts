import { performance } from "node:perf_hooks";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateAlerts } from "@/lib/alerting/evaluation/evaluate-alerts";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { SILENT } from "@/lib/core/log";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { migrate } from "@/lib/db/migrate";
import { makePartitions } from "@/lib/db/partitions";
import { readEnv } from "@/lib/env";
import { percentile, printFigures } from "./report";

/**
 * Rounds of 10,000 rules over 10,000 series, each rule on one series by a label, five samples in its window: time and CPU of a
 * round, while nothing fires and while one rule in a hundred does.
 */
const RULES = 10_000;
const ROUNDS = 7;

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
const postgres = await startPostgres(folder, {});
await migrate(postgres.url, process.cwd());
const env = readEnv({ NODE_ENV: "production", DATABASE_URL: postgres.url });
const { context: base, close } = createContext({ env, process: "worker", url: postgres.url, log: SILENT });
const context = asActor(base, SYSTEM);
try {
  const now = new Date();
  await makePartitions(context.sql, new Date(now.getTime() - 86_400_000), new Date(now.getTime() + 86_400_000));
  await context.sql.query(
    `INSERT INTO metric_series (name, unit, metadata, hash)
     SELECT 'load', '', jsonb_build_object('host', 'h' || n), sha256(('load' || n)::bytea) FROM generate_series(1, $1) n`,
    [RULES],
  );
  await context.sql.query(
    `INSERT INTO system_metrics (series_id, recorded_at, value)
     SELECT id, $1::timestamptz - make_interval(mins => minute), 1 + 0.1 * minute FROM metric_series, generate_series(0, 59) minute`,
    [now],
  );
  await context.sql.query(
    `INSERT INTO alert_rules (key, label, source, config, severity)
     SELECT 'r' || n, 'Rule ' || n, 'metric', jsonb_build_object('metric', 'load', 'matchers', jsonb_build_array('host=h' || n), 'threshold', 5), 'warning'
     FROM generate_series(1, $1) n`,
    [RULES],
  );
  await context.sql.query("VACUUM (ANALYZE) metric_series, system_metrics, alert_rules");

  const rounds = async () => {
    const times: number[] = [];
    const cpu = process.cpuUsage();
    let changed = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      ({ changed } = await evaluateAlerts(context));
      times.push((performance.now() - start) / 1000);
    }
    const { user, system } = process.cpuUsage(cpu);
    return { times, cpu: (user + system) / 1e6 / ROUNDS, changed };
  };
  const first = performance.now();
  await evaluateAlerts(context);
  const cold = (performance.now() - first) / 1000;
  const quiet = await rounds();
  await context.sql.query(
    `UPDATE system_metrics SET value = 9 WHERE series_id IN (SELECT id FROM metric_series WHERE id % 100 = 0)`,
  );
  const firing = await rounds();
  const met = printFigures(`${RULES} rules over ${RULES} series`, [
    { what: "first round of a process", value: cold, unit: "s" },
    { what: "a round, nothing fires, median", value: percentile(quiet.times, 0.5), unit: "s" },
    {
      what: "a round, nothing fires, slowest",
      value: Math.max(...quiet.times),
      unit: "s",
      bound: { at: "most", value: 2 },
    },
    { what: "CPU of the worker a round", value: quiet.cpu, unit: "s" },
    {
      what: "a round, 100 alerts fire, slowest",
      value: Math.max(...firing.times),
      unit: "s",
      bound: { at: "most", value: 2 },
    },
  ]);
  process.exitCode = met ? 0 : 1;
} finally {
  await close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
