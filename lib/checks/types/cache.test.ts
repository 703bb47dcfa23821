import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { startRedis } from "@/lib/testing/redis";
import { runType } from "@/lib/testing/run-type";
import { refusedPort, serveSilence, serveTcp } from "@/lib/testing/servers";
import { cache } from "./cache";

const redis = await startRedis();
const locked = await startRedis({ password: "s3cret" });

test("without a URL the cache in this process is tried", async () => {
  expect(await runType(cache, {})).toMatchObject({ status: "ok", meta: { driver: "memory" } });
});

test.skipIf(!redis)("a Redis gives back what was written, and REDIS_URL names the usual one", async () => {
  const url = `redis://127.0.0.1:${redis?.port}`;
  expect(await runType(cache, { url })).toMatchObject({ status: "ok", meta: { driver: "redis" } });
  const env = readEnv({ NODE_ENV: "test", REDIS_URL: url });
  expect(await runType(cache, {}, { env })).toMatchObject({ status: "ok", meta: { driver: "redis" } });
});

test.skipIf(!redis)("a slow round trip names the time and the limit", async () => {
  const url = `redis://127.0.0.1:${redis?.port}`;
  expect(await runType(cache, { url, responseTimeWarningMs: 0.001 })).toMatchObject({
    status: "warning",
    message: expect.stringMatching(/^Redis 127\.0\.0\.1:\d+ took [\d.]+ ms to write, read and delete \(limit /),
  });
});

test.skipIf(!locked)("a wrong password is told in Redis's own words, without the password", async () => {
  const answer = await runType(cache, { url: `redis://:wr0ng@127.0.0.1:${locked?.port}` });
  expect(answer).toMatchObject({ status: "failed", shortSummary: "no answer" });
  expect(answer.message).toMatch(/WRONGPASS/);
  expect(JSON.stringify(answer)).not.toContain("wr0ng");
  expect(await runType(cache, { url: `redis://:s3cret@127.0.0.1:${locked?.port}` })).toMatchObject({ status: "ok" });
});

test("a Redis that is gone, and one that never answers", async () => {
  const port = await refusedPort();
  expect(await runType(cache, { url: `redis://127.0.0.1:${port}` })).toMatchObject({
    status: "failed",
    message: `Redis 127.0.0.1:${port} failed: connection refused.`,
  });
  const silent = await serveSilence();
  expect(await runType(cache, { url: `redis://127.0.0.1:${silent.port}` }, { timeoutMs: 100 })).toMatchObject({
    status: "failed",
    shortSummary: "timed out",
    message: expect.stringMatching(/^Redis 127\.0\.0\.1:\d+ timed out after 0\.1 s while connecting\.$/),
  });
  await expect.poll(silent.open).toBe(0);
});

/** Speaks enough of the Redis protocol (RESP) to be believed, and forgets or keeps what it should not. */
const liar = (get: string) =>
  serveTcp((socket) => {
    socket.on("data", (data) => {
      for (const command of data.toString().split(/(?=\*\d+\r\n\$)/)) {
        if (/\r\nGET\r\n/i.test(command)) socket.write(get);
        else if (/\r\nDEL\r\n/i.test(command)) socket.write(":1\r\n");
        else if (command !== "") socket.write("+OK\r\n");
      }
    });
  });

test("a cache that gives back something else has failed", async () => {
  const server = await liar("$5\r\nother\r\n");
  expect(await runType(cache, { url: `redis://127.0.0.1:${server.port}` })).toMatchObject({
    status: "failed",
    shortSummary: "wrong value",
    message: `Redis 127.0.0.1:${server.port} did not give back what was written.`,
  });
});
