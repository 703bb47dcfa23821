import { hostname } from "node:os";
import { expect, test } from "vitest";
import { type Logger, SILENT } from "@/lib/core/log";
import { createTestContext } from "@/lib/testing/test-context";
import { type RecorderScope, type Recording, defineRecorder } from "./define-recorder";
import { startRecorders } from "./run-recorders";
import type { Sample } from "./sample";

const { sql, env } = await createTestContext();
const context = { sql, env, process: "worker" } as const;
const slot = new Date("2026-03-01T12:00:00Z");

const recorder = (label: string, start: () => Recording<"lamps">, scope: RecorderScope = "process") =>
  defineRecorder({
    label,
    scope,
    metrics: { lamps: { unit: "count", title: "Lamps", description: "Lamps that burn." } },
    start,
  });

/** A log that keeps what is warned of. */
function keepWarnings() {
  const warnings: unknown[] = [];
  const log: Logger = { ...SILENT, warn: (fields: unknown) => void warnings.push(fields) };
  return { warnings, log };
}

const valueOf = (sample: Sample) => (sample.kind === "distribution" ? undefined : sample.value);

test.each([
  ["cluster", {}],
  ["host", { host: hostname() }],
  ["process", { host: hostname(), process: "worker" }],
] as const)("what is read belongs to its %s", async (scope, labels) => {
  const one = recorder("Lamps", () => ({ record: () => [{ name: "lamps", value: 3 }] }), scope);
  const running = startRecorders([one], context, SILENT);
  expect(await running.record(slot)).toEqual([
    { name: "lamps", unit: "count", value: 3, recordedAt: slot, metadata: labels },
  ]);
});

test("one that does not start, or fails, is told and holds up no other", async () => {
  const { warnings, log } = keepWarnings();
  const good = recorder("Good", () => ({ record: async () => [{ name: "lamps", value: 1 }] }));
  const dark = recorder("Dark", () => {
    throw new Error("no lamp here");
  });
  const broken = recorder("Broken", () => ({
    record: () => {
      throw new Error("the lamp broke");
    },
  }));
  const running = startRecorders([dark, broken, good], context, log);
  expect((await running.record(slot)).map(valueOf)).toEqual([1]);
  expect(warnings).toEqual([
    { recorder: "Dark", error: "no lamp here" },
    { recorder: "Broken", error: "the lamp broke" },
  ]);
});

test("what is no number is a gap", async () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, 0];
  const odd = recorder("Odd", () => ({ record: () => values.map((value) => ({ name: "lamps", value })) }));
  const samples = await startRecorders([odd], context, SILENT).record(slot);
  expect(samples.map(valueOf)).toEqual([0]);
});

test("one that is still reading is not asked again, and each is stopped", async () => {
  let asked = 0;
  let stopped = 0;
  let answer: () => void = () => undefined;
  const slow = recorder("Slow", () => ({
    record: () =>
      new Promise((resolve) => {
        asked++;
        answer = () => resolve([{ name: "lamps", value: asked }]);
      }),
    stop: () => void stopped++,
  }));
  const running = startRecorders([slow, recorder("Plain", () => ({ record: () => [] }))], context, SILENT);
  const first = running.record(slot);
  expect(await running.record(slot)).toEqual([]);
  answer();
  expect(await first).toHaveLength(1);
  const next = running.record(slot);
  answer();
  expect((await next).map(valueOf)).toEqual([2]);
  running.stop();
  expect(stopped).toBe(1);
});

test("a distribution goes on as one", async () => {
  const histogram = { count: 2, sum: 5, buckets: [{ lower: 2, upper: 3, count: 2 }] };
  const one = recorder("Spread", () => ({ record: () => [{ name: "lamps", histogram }] }));
  expect(await startRecorders([one], context, SILENT).record(slot)).toMatchObject([
    { name: "lamps", unit: "count", kind: "distribution", temporality: "delta", histogram, recordedAt: slot },
  ]);
});
