import { Pool } from "pg";
import { expect, test } from "vitest";
import { z } from "zod";
import { storesNothing } from "@/lib/testing/run-type";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import { type CheckAnswer, type CheckContext, defineCheck } from "./define-check";
import { runCheck } from "./run-check";

const at = new Date("2026-03-01T12:00:00Z");
// Never connected to.
const sql = new Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
const tools = { now: () => at, sql, env: readEnv({ NODE_ENV: "test" }), log: SILENT, writeSamples: storesNothing };

const run = (look: (context: CheckContext) => Promise<CheckAnswer>, timeoutSeconds = 5) => {
  const config = z.strictObject({});
  const type = defineCheck({
    label: "Lighthouse",
    description: "A lamp.",
    config,
    example: {},
    run: (_, context) => look(context),
  });
  return runCheck(type, {}, timeoutSeconds, tools);
};

test("an answer gets its start and its duration", async () => {
  const result = await run(async () => ({
    status: "warning",
    shortSummary: "dim",
    message: "It is dim.",
    meta: { lux: 3 },
  }));
  expect(result).toEqual({
    status: "warning",
    shortSummary: "dim",
    message: "It is dim.",
    meta: { lux: 3 },
    startedAt: at,
    durationMs: expect.any(Number),
  });
});

test("a kind that tells what it waited for when it is ended is believed", async () => {
  const result = await run(
    ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () =>
          resolve({ status: "failed", shortSummary: "timed out", message: `${String(signal.reason)} while waiting.` }),
        );
      }),
    0.02,
  );
  expect(result.message).toBe("Error: timed out after 20 ms while waiting.");
});

test("a kind that throws because it was ended has not crashed", async () => {
  const result = await run(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
    0.02,
  );
  expect(result).toMatchObject({ status: "failed", message: "Lighthouse timed out after 20 ms." });
});

test("what a kind left behind is ended with it", async () => {
  let seen: AbortSignal | undefined;
  await run(async ({ signal, timeoutMs }) => {
    seen = signal;
    expect(timeoutMs).toBe(5_000);
    return { status: "ok", shortSummary: "" };
  });
  expect(seen?.aborted).toBe(true);
});

test("a fault is a crash, whatever is thrown, and even before anything is awaited", async () => {
  const lamp = () => {
    throw new TypeError("no lamp");
  };
  expect(await run(lamp)).toMatchObject({ status: "crashed", message: "The check itself broke: no lamp" });
  expect(await run(() => Promise.reject("odd"))).toMatchObject({
    status: "crashed",
    message: expect.stringMatching(/odd/),
  });
});

test("long texts are cut, and what PostgreSQL can't store is left out", async () => {
  const result = await run(async () => ({
    status: "failed",
    shortSummary: "s".repeat(500),
    message: `a\0b${"😀".repeat(2_000)}`,
    meta: { text: "a\0b\ud800c", nested: [{ more: "\0" }], n: 1 },
  }));
  expect(result.shortSummary).toBe(`${"s".repeat(119)}…`);
  expect(result.message.length).toBeLessThanOrEqual(2_000);
  expect(result.message).toMatch(/^ab😀.*😀…$/u);
  expect(result.meta).toEqual({ text: "abc", nested: [{ more: "" }], n: 1 });
});

test("facts without end are not kept", async () => {
  const result = await run(async () => ({ status: "ok", shortSummary: "", meta: { text: "x".repeat(10_000) } }));
  expect(result.meta).toEqual({ truncated: true });
});
