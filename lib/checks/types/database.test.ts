import { expect, test } from "vitest";
import { runType } from "@/lib/testing/run-type";
import { refusedPort, serveSilence, serveTcp } from "@/lib/testing/servers";
import { createTestContext } from "@/lib/testing/test-context";
import { database } from "./database";

const context = await createTestContext();
const withPassword = (port: number) => `postgresql://someone:s3cret@127.0.0.1:${port}/shop`;

test("the product's own database: round trip, connections and size", async () => {
  const answer = await runType(database, {}, { sql: context.sql });
  expect(answer).toMatchObject({ status: "ok", shortSummary: expect.stringMatching(/ms$/) });
  expect(answer.meta).toMatchObject({
    connections: expect.any(Number),
    maxConnections: expect.any(Number),
    sizeBytes: expect.any(Number),
    roundTripMs: expect.any(Number),
  });
});

test("another database by its connection string, its connection given back", async () => {
  const count = async () => {
    const name = new URL(context.databaseUrl).pathname.slice(1);
    const text =
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE '%check'";
    const { rows } = await context.sql.query<{ n: number }>(text, [name]);
    return rows[0]?.n;
  };
  expect(await runType(database, { url: context.databaseUrl })).toMatchObject({ status: "ok" });
  await expect.poll(count).toBe(0);
});

test("each limit has its sentence with the number", async () => {
  const look = (config: object) => runType(database, config, { sql: context.sql });
  expect(await look({ connectionsWarningPercent: 0, connectionsFailedPercent: 100 })).toMatchObject({
    status: "warning",
    message: expect.stringMatching(/^The database has [\d,]+ of [\d,]+ connections in use, [\d.]+ % \(limit 0 %\)\.$/),
  });
  expect(await look({ sizeFailedGb: 0.000001 })).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/^The database is [\d.]+ MB large \(limit 1 kB\)\.$/),
  });
  expect(await look({ responseTimeWarningMs: 0.0001 })).toMatchObject({
    status: "warning",
    message: expect.stringContaining("for a round trip"),
  });
});

test("a server that refuses, hangs, or is none: the cause, and never the password", async () => {
  const port = await refusedPort();
  const refused = await runType(database, { url: withPassword(port) });
  expect(refused).toMatchObject({
    status: "failed",
    shortSummary: "no connection",
    message: `PostgreSQL 127.0.0.1:${port} failed: connection refused.`,
  });
  const silent = await serveSilence();
  const hung = await runType(database, { url: withPassword(silent.port) }, { timeoutMs: 100 });
  expect(hung).toMatchObject({
    shortSummary: "timed out",
    message: `PostgreSQL 127.0.0.1:${silent.port} timed out after 0.1 s while connecting.`,
  });
  await expect.poll(silent.open).toBe(0);
  const other = await serveTcp((socket) => void socket.end("SSH-2.0-OpenSSH\r\n"));
  const wrong = await runType(database, { url: withPassword(other.port) });
  expect(wrong.status).toBe("failed");
  expect(JSON.stringify([refused, hung, wrong])).not.toContain("s3cret");
});

test("a database that does not exist is told in PostgreSQL's own words", async () => {
  const url = new URL(context.databaseUrl);
  url.pathname = "/nosuchdatabase";
  expect(await runType(database, { url: url.href })).toMatchObject({
    status: "failed",
    message: expect.stringContaining('database "nosuchdatabase" does not exist'),
  });
});

test("addresses that serve machine credentials are never connected to", async () => {
  expect(await runType(database, { url: "postgresql://a@169.254.169.254/x" })).toMatchObject({
    status: "failed",
    message: expect.stringContaining("always refused"),
  });
});
