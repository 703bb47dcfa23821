import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { setCheckStage } from "./check-stage";
import { percentile, printFigures } from "./report";

/**
 * From a failing check's result to the message that Slack (a server on loopback) has taken: a real worker, real HTTP checks
 * that begin to fail one by one, each with a rule and a Slack channel of its own, so that no message waits for another's
 * group. Waiting for company (groupWaitSeconds, half a second) is part of it.
 */
const CHECKS = 100;
const SPREAD_S = 100;
const channelName = (n: number) => `C${String(n).padStart(4, "0")}`;

const accepted = new Map<string, number>();
const failing = new Set<string>();

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handle(request, response, Buffer.concat(chunks).toString("utf8")));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  return { server, port: address && typeof address === "object" ? address.port : 0 };
}

const slack = await listen((_request, response, body) => {
  const channel = new URLSearchParams(body).get("channel") ?? "";
  if (!accepted.has(channel)) accepted.set(channel, Date.now());
  const answer = { ok: true, channel, ts: `${Date.now() / 1000}`, message: {} };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
});
const site = await listen((request, response) => response.writeHead(failing.has(request.url ?? "") ? 503 : 200).end());

process.env["SLACK_API_URL"] = `http://127.0.0.1:${slack.port}/api/`;
const stage = await setCheckStage();
try {
  const worker = await stage.startWorker();
  await stage.sql.query("UPDATE alert_rules SET paused_at = now()");
  await stage.sql.query(
    `INSERT INTO alert_channels (key, label, type, config)
     SELECT 'slack-' || n, 'Slack ' || n, 'slack', jsonb_build_object('channel', 'C' || lpad(n::text, 4, '0'), 'botToken', 'xoxb-bench') FROM generate_series(1, $1) n`,
    [CHECKS],
  );
  await stage.sql.query(
    `INSERT INTO alert_rules (key, label, source, config, severity, channels)
     SELECT 'check-' || n, 'Check ' || n, 'check-state', jsonb_build_object('checks', jsonb_build_array('bench-' || n)), 'critical', ARRAY['slack-' || n]
     FROM generate_series(1, $1) n`,
    [CHECKS],
  );
  await stage.sql.query(
    `INSERT INTO health_checks (key, type, label, config, interval_seconds, next_due_at)
     SELECT 'bench-' || n, 'http', 'Bench ' || n, jsonb_build_object('url', $1 || n), 10, now() FROM generate_series(1, $2::int) n`,
    [`http://127.0.0.1:${site.port}/`, CHECKS],
  );
  console.log(`${CHECKS} checks pass; over ${SPREAD_S} s one after the other begins to fail …`);
  await sleep(15_000);
  for (let n = 1; n <= CHECKS; n += 1) {
    failing.add(`/${n}`);
    await sleep((SPREAD_S * 1_000) / CHECKS);
  }
  for (let waited = 0; accepted.size < CHECKS && waited < 30; waited += 1) await sleep(1_000);
  const { rows } = await stage.sql.query(
    `SELECT c.key, min(extract(epoch FROM r.started_at) * 1000 + r.duration_ms) AS at
     FROM health_checks c JOIN health_check_results r ON r.check_id = c.id AND r.status = 'failed' WHERE c.key LIKE 'bench-%' GROUP BY 1`,
  );
  const results = z.array(z.object({ key: z.string(), at: z.coerce.number() })).parse(rows);
  const delays = results.flatMap(({ key, at }) => {
    const taken = accepted.get(channelName(Number(key.slice("bench-".length))));
    return taken === undefined ? [] : [taken - at];
  });
  await worker.end("SIGTERM");
  const met = printFigures("From a failing check's result to the message accepted by Slack", [
    { what: "checks that failed", value: results.length, unit: "" },
    { what: "of them told", value: delays.length, unit: "", bound: { at: "least", value: CHECKS } },
    { what: "p50", value: percentile(delays, 0.5), unit: "ms" },
    { what: "p95", value: percentile(delays, 0.95), unit: "ms", bound: { at: "most", value: 1_000 } },
    { what: "slowest", value: Math.max(...delays), unit: "ms" },
  ]);
  process.exitCode = met ? 0 : 1;
} finally {
  await stage.close();
  for (const { server } of [slack, site]) server.close();
}
