import { createServer, type IncomingMessage } from "node:http";
import { Pool } from "pg";
import { seriesOf, SERIES } from "./push-client";

/**
 * The least that takes the same samples in: node:http, JSON.parse, unnest with group commit. No authentication, no validation,
 * no series made (they are known from the start), no duplicates, no limits.
 */
const [url = "", concurrency = "2"] = process.argv.slice(2);
const sql = new Pool({ connectionString: url, max: Number(concurrency) });
const ids = new Map<string, number>();
const keyOf = (name: string, host: string) => `${name} ${host}`;
const { rows } = await sql.query<{ id: number; name: string; host: string }>(
  "SELECT id, name, metadata->>'host' AS host FROM metric_series WHERE name LIKE 'app_metric_%'",
);
for (const { id, name, host } of rows) ids.set(keyOf(name, host), id);
if (ids.size < SERIES) throw new Error(`${seriesOf(0).name}: the series are not there`);

interface Sample {
  name: string;
  value: number;
  metadata: { host: string };
  recordedAt: string;
}
let waiting: { samples: Sample[]; done: () => void }[] = [];
let writing = 0;

async function write(): Promise<void> {
  const group = waiting;
  waiting = [];
  writing += 1;
  const series: number[] = [];
  const times: number[] = [];
  const values: number[] = [];
  for (const { samples } of group) {
    for (const { name, value, metadata, recordedAt } of samples) {
      series.push(ids.get(keyOf(name, metadata.host)) ?? 0);
      times.push(Date.parse(recordedAt));
      values.push(value);
    }
  }
  await sql.query({
    name: "insert",
    text: "INSERT INTO system_metrics (series_id, recorded_at, value) SELECT id, to_timestamp(ms / 1000), value FROM unnest($1::int[], $2::float8[], $3::float8[]) AS s(id, ms, value)",
    values: [series, times, values],
  });
  writing -= 1;
  for (const { done } of group) done();
  start();
}
function start(): void {
  while (waiting.length > 0 && writing < Number(concurrency)) void write();
}

async function readBody(incoming: IncomingMessage): Promise<{ samples: Sample[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const server = createServer((incoming, outgoing) => {
  void readBody(incoming).then(({ samples }) => {
    waiting.push({
      samples,
      done: () => {
        const body = JSON.stringify({ stored: samples.length });
        outgoing.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
        outgoing.end(body);
      },
    });
    start();
  });
}).listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: address && typeof address === "object" ? address.port : 0 });
});
process.on("disconnect", () => process.exit(0));
