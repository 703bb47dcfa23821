import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { startProduct } from "../e2e/product";
import { startQueryCounter } from "./query-counter";
import { percentile, printFigures } from "./report";
import { signIn } from "./sign-in";

/**
 * The overview with 30 days of 1-minute demo data: time to first byte with one viewer, requests/s and database queries a
 * second with 10 and 50 viewers side by side, and the queries of one render with cold caches.
 */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, days: { type: "string", default: "30" } },
});
const seconds = Number(values.seconds);
/** Longer than any widget is cached. */
const CACHE_MS = 16_000;

interface Visit {
  firstByteMs: number;
  totalMs: number;
}

function visit(url: string, cookie: string, agent: Agent): Promise<Visit> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const outgoing = request(url, { agent, headers: { cookie } }, (response) => {
      let firstByteMs = 0;
      response.on("data", () => (firstByteMs ||= performance.now() - start));
      response.on("end", () =>
        response.statusCode === 200
          ? done({ firstByteMs, totalMs: performance.now() - start })
          : fail(new Error(`the overview answered ${response.statusCode}`)),
      );
      response.on("error", fail);
    });
    outgoing.on("error", fail);
    outgoing.end();
  });
}

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
const postgres = await startPostgres(folder, {});
const counter = await startQueryCounter(postgres.url);
const product = await startProduct({ DATABASE_URL: counter.url });
try {
  console.log(`seeding ${values.days} days of demo data …`);
  await product.cli("demo-seed", "--days", values.days);
  const cookie = await signIn(product.url, product.users.viewer);
  const queries = () => counter.count("watchkeeper web");
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const page = `${product.url}/`;
  for (let i = 0; i < 20; i += 1) await visit(page, cookie, agent);

  const cachesRunOut = () => new Promise((wake) => setTimeout(wake, CACHE_MS));
  await cachesRunOut();
  const before = queries();
  await visit(page, cookie, agent);
  const coldQueries = queries() - before;

  /** Starts with cold caches: each round then sees them run out as often as the others. */
  async function round(viewers: number) {
    await cachesRunOut();
    const visits: Visit[] = [];
    const startQueries = queries();
    const end = performance.now() + seconds * 1000;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: viewers }, async () => {
        while (performance.now() < end) visits.push(await visit(page, cookie, agent));
      }),
    );
    const elapsed = (performance.now() - start) / 1000;
    return { visits, rate: visits.length / elapsed, queryRate: (queries() - startQueries) / elapsed };
  }
  const one = await round(1);
  const ten = await round(10);
  const fifty = await round(50);
  const perVisit = (r: { queryRate: number; rate: number }) => r.queryRate / r.rate;
  const met = printFigures("Overview, 30 days of 1-minute demo data", [
    {
      what: "time to first byte, one viewer, p50",
      value: percentile(
        one.visits.map((v) => v.firstByteMs),
        0.5,
      ),
      unit: "ms",
    },
    {
      what: "time to first byte, one viewer, p95",
      value: percentile(
        one.visits.map((v) => v.firstByteMs),
        0.95,
      ),
      unit: "ms",
      bound: { at: "most", value: 100 },
    },
    {
      what: "whole page, one viewer, p95",
      value: percentile(
        one.visits.map((v) => v.totalMs),
        0.95,
      ),
      unit: "ms",
    },
    {
      what: "whole page, 50 viewers, p95",
      value: percentile(
        fifty.visits.map((v) => v.totalMs),
        0.95,
      ),
      unit: "ms",
    },
    { what: "requests/s, one viewer", value: one.rate, unit: "/s" },
    { what: "requests/s, 10 viewers", value: ten.rate, unit: "/s" },
    { what: "requests/s, 50 viewers", value: fifty.rate, unit: "/s" },
    {
      what: "database queries of one render, caches cold",
      value: coldQueries,
      unit: "",
      bound: { at: "most", value: 12 },
    },
    { what: "database queries/s, 10 viewers", value: ten.queryRate, unit: "/s" },
    {
      what: "database queries/s, 50 viewers",
      value: fifty.queryRate,
      unit: "/s",
      bound: { at: "most", value: ten.queryRate * 1.1 },
    },
    { what: "database queries a visit, 50 viewers", value: perVisit(fifty), unit: "" },
  ]);
  agent.destroy();
  process.exitCode = met ? 0 : 1;
} finally {
  await product.stop();
  counter.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
