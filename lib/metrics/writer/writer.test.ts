import { Pool } from "pg";
import { expect, test } from "vitest";
import { isProblem } from "@/lib/core/errors";
import { tokenActor } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import type { Sample, ValueSample } from "../sample";
import { writeSamples } from "../write-samples";
import { createWriter } from "./writer";

const context = await createTestContext();
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const later = (ms: number) => new Date(minute.getTime() + ms);
const gauge = (name: string, more: Partial<ValueSample> = {}): ValueSample => ({
  name,
  unit: "",
  recordedAt: minute,
  value: 1,
  ...more,
});
const countOf = async (name: string) => {
  const { rows } = await context.sql.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM system_metrics m JOIN metric_series s ON s.id = m.series_id WHERE s.name = $1",
    [name],
  );
  return rows[0]?.count;
};

test("calls at the same time share transactions, and each is told of its own samples", async () => {
  const writer = createWriter(context);
  const calls = Array.from({ length: 60 }, (_, i) =>
    writer.write(context, [
      gauge("together", { recordedAt: later(i) }),
      gauge("together", { recordedAt: later(Math.floor(i / 2)) }),
      gauge("together", { recordedAt: new Date(0), value: i }),
    ]),
  );
  const outcomes = await Promise.all(calls);
  expect(outcomes.reduce((sum, { stored }) => sum + stored, 0)).toBe(60);
  expect(
    outcomes.every(({ stored, duplicates, rejected }) => stored + duplicates === 2 && rejected[0]?.index === 2),
  ).toBe(true);
  const { rows } = await context.sql.query<{ count: number }>(
    "SELECT count(DISTINCT m.xmin::text)::int AS count FROM system_metrics m JOIN metric_series s ON s.id = m.series_id WHERE s.name = 'together'",
  );
  expect(rows[0]?.count).toBeLessThanOrEqual(5);
  expect(writer.waiting()).toEqual({ rows: 0, bytes: 0 });
});

test("what is too much is refused at once and leaves nothing behind; there is room again when it is written", async () => {
  const writer = createWriter(context, { groupRows: 100, concurrency: 1, maxRows: 250, maxBytes: 1e9 });
  const call = (n: number) =>
    writer.write(
      context,
      Array.from({ length: 100 }, (_, i) => gauge("flood", { recordedAt: later(n * 100 + i) })),
    );
  const calls = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => call(n)));
  const refused = calls.filter(
    (result) => result.status === "rejected" && isProblem(result.reason) && result.reason.kind === "overloaded",
  );
  expect(refused).toHaveLength(17);
  expect(await countOf("flood")).toBe(300);
  await call(20);
  expect(await countOf("flood")).toBe(400);
});

test("bytes are bounded too", async () => {
  const writer = createWriter(context, { groupRows: 100, concurrency: 1, maxRows: 1e9, maxBytes: 1_000 });
  const sent = Array.from({ length: 40 }, (_, i) => gauge("bytes", { recordedAt: later(i) }));
  const first = writer.write(context, sent);
  expect(writer.isFull()).toBe(true);
  await expect(writer.write(context, sent)).rejects.toMatchObject({ kind: "overloaded" });
  expect(await first).toMatchObject({ stored: 40 });
});

test("a row that the database does not take is found and named; all others are stored", async () => {
  await context.sql.query("ALTER TABLE system_metrics ADD CONSTRAINT no_666 CHECK (value <> 666)");
  const writer = createWriter(context);
  const samples = Array.from({ length: 100 }, (_, i) =>
    gauge("devil", { recordedAt: later(i), value: i === 37 || i === 81 ? 666 : i }),
  );
  const outcomes = await Promise.all([writer.write(context, samples), writer.write(context, [gauge("angel")])]);
  await context.sql.query("ALTER TABLE system_metrics DROP CONSTRAINT no_666");
  expect(outcomes[0]).toMatchObject({ stored: 98, duplicates: 0, rejected: [{ index: 37 }, { index: 81 }] });
  expect(outcomes[0].rejected[0]?.message).toContain("no_666");
  expect(outcomes[1]).toMatchObject({ stored: 1, rejected: [] });
});

test("a day that a worker dropped, or made, meanwhile", async () => {
  const writer = createWriter(context);
  const day = new Date(Date.now() - 39 * 86_400_000);
  const name = `system_metrics_${day.toISOString().slice(0, 10).replaceAll("-", "")}`;
  expect(await writer.write(context, [gauge("days", { recordedAt: day })])).toMatchObject({ stored: 1 });
  await context.sql.query(`DROP TABLE ${name}`);
  const sent = [gauge("days", { recordedAt: day, value: 2 }), gauge("days")];
  expect(await writer.write(context, sent)).toMatchObject({
    stored: 1,
    rejected: [{ index: 0, path: "recordedAt", message: expect.stringMatching(/samples are kept from \d{4}-/) }],
  });
});

test("a series keeps its kind", async () => {
  await writeSamples(context, [gauge("kinds", { kind: "counter" })]);
  const samples: Sample[] = [
    gauge("kinds", { kind: "counter", recordedAt: later(1) }),
    gauge("kinds", { recordedAt: later(2) }),
  ];
  expect(await writeSamples(context, samples)).toEqual({
    stored: 1,
    duplicates: 0,
    rejected: [
      { index: 1, path: "kind", message: "kinds is a counter and can't be a gauge too: give it another name or label" },
    ],
  });
});

test("a counter that says when it began has a 0 there, once a start", async () => {
  const sample = (ms: number, value: number, startedMs: number) =>
    gauge("starts", { kind: "counter", recordedAt: later(ms), value, startedAt: later(startedMs) });
  expect(await writeSamples(context, [sample(1_000, 5, 0), sample(2_000, 9, 0)])).toMatchObject({
    stored: 2,
    duplicates: 0,
  });
  expect(await writeSamples(context, [sample(3_000, 11, 0)])).toMatchObject({ stored: 1 });
  expect(await writeSamples(context, [sample(5_000, 2, 4_000)])).toMatchObject({ stored: 1 });
  const { rows } = await context.sql.query<{ value: number }>(
    "SELECT value FROM system_metrics m JOIN metric_series s ON s.id = m.series_id WHERE name = 'starts' ORDER BY recorded_at",
  );
  expect(rows.map(({ value }) => value)).toEqual([0, 5, 9, 11, 0, 2]);
});

test("a name and a token may have so many series; what there is goes on, and the message says what to do", async () => {
  const seriesLimits = { perName: 5, perToken: 8 };
  const limited = { ...context, config: { ...context.config, metrics: { ...context.config.metrics, seriesLimits } } };
  const writer = createWriter(limited);
  const actor = tokenActor("metrics:write");
  const some = (name: string, count: number, ms = 0) =>
    Array.from({ length: count }, (_, user) => gauge(name, { metadata: { user }, recordedAt: later(ms) }));
  const first = await writer.write({ ...limited, actor }, some("per_user", 7));
  expect(first).toMatchObject({ stored: 5, rejected: [{ index: 5 }, { index: 6 }] });
  expect(first.rejected[0]?.message).toMatch(
    /^per_user has 5 series already.*leave it out.*metrics\.seriesLimits\.perName/,
  );
  expect(await writer.write({ ...limited, actor }, some("per_user", 7, 1))).toMatchObject({
    stored: 5,
    rejected: [{}, {}],
  });
  const second = await writer.write({ ...limited, actor }, some("other", 4));
  expect(second).toMatchObject({ stored: 3, rejected: [{ index: 3 }] });
  expect(second.rejected[0]?.message).toMatch(/^This API token has made 8 series already.*perToken/);
  expect(await writer.write({ ...limited, actor: tokenActor("metrics:write") }, some("other", 5))).toMatchObject({
    stored: 2,
    duplicates: 3,
    rejected: [],
  });
});

test("several processes that write the same samples in other orders neither wait for each other for ever nor lose one", async () => {
  const pools = Array.from({ length: 3 }, () => new Pool({ connectionString: context.databaseUrl, max: 3 }));
  const samples = Array.from({ length: 300 }, (_, i) =>
    gauge("crowd", { kind: "gauge", metadata: { n: i % 30 }, recordedAt: later(Math.floor(i / 30)), value: i }),
  );
  const outcomes = await Promise.all(
    pools.flatMap((sql, n) => {
      const writer = createWriter({ ...context, sql });
      const mine = n % 2 === 0 ? samples : samples.toReversed();
      return [0, 100, 200].map((from) =>
        writer.write({ ...context, sql }, [...mine.slice(from), ...mine.slice(0, from)]),
      );
    }),
  );
  await Promise.all(pools.map((pool) => pool.end()));
  expect(outcomes.reduce((sum, { stored }) => sum + stored, 0)).toBe(300);
  expect(outcomes.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(300 * 8);
});

test("when the database is away, callers are told, and none is told that it is stored", async () => {
  const sql = new Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/nothing" });
  const writer = createWriter({ ...context, sql });
  await expect(writer.write(context, [gauge("lost")])).rejects.toThrow();
  expect(writer.waiting()).toEqual({ rows: 0, bytes: 0 });
  await sql.end();
});
