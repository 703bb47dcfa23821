import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { Pool } from "pg";
import { type BenchRange, METRIC } from "./build-database";

const run = promisify(execFile);
/** The longest block that Prometheus itself would make of them: 2 h three times tripled. */
const BLOCK_MS = 54 * 3_600_000;

/** Writes the database's samples out as OpenMetrics text, block by block, and makes Prometheus' blocks of it by promtool. */
export async function importIntoPrometheus(url: string, range: BenchRange, folder: string, atOnce = 2): Promise<void> {
  const data = join(folder, "prometheus");
  await mkdir(data, { recursive: true });
  const sql = new Pool({ connectionString: url, max: atOnce });
  const starts: number[] = [];
  for (let at = Math.floor(range.from.getTime() / BLOCK_MS) * BLOCK_MS; at < range.to.getTime(); at += BLOCK_MS)
    starts.push(at);
  const file = (start: number) => join(folder, `block-${start}.txt`);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
        // Through sh, since what PostgreSQL writes as a user of its own the rest must be able to read and delete.
        await sql.query(`
          COPY (
            SELECT line FROM (
              SELECT 0 AS part, 0 AS n, '-infinity'::timestamptz AS t, '# TYPE ${METRIC} gauge' AS line
              UNION ALL
              SELECT 1, s.id, m.recorded_at, format('${METRIC}{host="%s",process="%s",region="%s"} ', s.metadata->>'host', s.metadata->>'process', s.metadata->>'region')
                || m.value || ' ' || extract(epoch FROM m.recorded_at)::bigint
              FROM metric_series s JOIN system_metrics m ON m.series_id = s.id
              WHERE m.recorded_at >= '${new Date(start).toISOString()}' AND m.recorded_at < '${new Date(start + BLOCK_MS).toISOString()}'
              UNION ALL
              SELECT 2, 0, 'infinity', '# EOF'
            ) AS lines ORDER BY part
          ) TO PROGRAM 'cat > ${file(start)}'`);
        await run("promtool", [
          "tsdb",
          "create-blocks-from",
          "--max-block-duration=54h",
          "openmetrics",
          file(start),
          data,
        ]);
        await rm(file(start));
      }
    }),
  );
  await sql.end();
}

export interface Prometheus {
  version: string;
  /** Asks a range and reads the answer to its end. @returns its text */
  query: (promql: string, from: Date, to: Date, stepSeconds: number) => Promise<string>;
  stop: () => Promise<void>;
}

export async function startPrometheus(folder: string): Promise<Prometheus> {
  const port = await freePort();
  const config = join(folder, "prometheus.yml");
  await writeFile(config, "scrape_configs: []\n");
  const child = spawn(
    "prometheus",
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "prometheus")}`,
      "--storage.tsdb.retention.time=10y",
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  const address = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Prometheus ended at once, with code ${child.exitCode}.`);
    if (
      await fetch(`${address}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  const { stdout, stderr } = await run("prometheus", ["--version"]);
  return {
    version: /version ([\w.]+)/.exec(stdout + stderr)?.[1] ?? "",
    query: async (promql, from, to, stepSeconds) => {
      const query = new URLSearchParams({
        query: promql,
        start: String(from.getTime() / 1000),
        end: String(to.getTime() / 1000),
        step: String(stepSeconds),
      });
      const answer = await fetch(`${address}/api/v1/query_range?${query}`);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`Prometheus answered ${answer.status}: ${text.slice(0, 200)}`);
      return text;
    },
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}
