import { expect, test } from "vitest";
import { isProblem } from "@/lib/core/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { listSeries } from "./list-series";
import { recordMetric } from "./record-metric";
import { writeSamples } from "./write-samples";

const context = await createTestContext();
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const later = (ms: number) => new Date(minute.getTime() + ms);

const stored = async (name: string) => {
  const { rows } = await context.sql.query<{ recorded_at: Date; value: number }>(
    `SELECT recorded_at, value FROM system_metrics m JOIN metric_series s ON s.id = m.series_id WHERE s.name = $1 ORDER BY 1`,
    [name],
  );
  return rows;
};

const caught = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a sample written twice is stored once, and the first value stays", async () => {
  const sample = { name: "twice", unit: "count", recordedAt: minute, value: 1 };
  const once = { stored: 1, duplicates: 1, rejected: [] };
  expect(await writeSamples(context, [sample, { ...sample, value: 2 }])).toEqual(once);
  expect(
    await writeSamples(context, [
      { ...sample, value: 3 },
      { ...sample, recordedAt: later(1), value: 4 },
    ]),
  ).toEqual(once);
  expect((await stored("twice")).map(({ value }) => value)).toEqual([1, 4]);
});

test("times are kept to the millisecond, values to the last bit", async () => {
  const values = [0.1 + 0.2, -1e-300, 1.7976931348623157e308, 9007199254740991];
  await writeSamples(
    context,
    values.map((value, i) => ({ name: "exact", unit: "", recordedAt: later(i * 7 + 1), value })),
  );
  const rows = await stored("exact");
  expect(rows.map(({ value }) => value)).toEqual(values);
  expect(rows.map(({ recorded_at }) => recorded_at)).toEqual(values.map((_, i) => later(i * 7 + 1)));
});

test("what lies outside the days kept, or is no number, is refused by name; the rest is stored", async () => {
  const sample = { name: "half", unit: "count", recordedAt: minute, value: 1 };
  const outcome = await writeSamples(context, [
    { ...sample, recordedAt: new Date("2001-02-03T04:05:06Z") },
    sample,
    { ...sample, recordedAt: later(1), value: Number.NaN },
    { ...sample, recordedAt: later(2) },
    { ...sample, recordedAt: new Date(Number.NaN) },
    { ...sample, name: "2 words" },
    { ...sample, metadata: { x: Number.POSITIVE_INFINITY } },
  ]);
  expect(outcome).toEqual({
    stored: 2,
    duplicates: 0,
    rejected: [
      {
        index: 0,
        path: "recordedAt",
        message: expect.stringMatching(/^half at 2001-02-03T04:05:06.000Z: samples are kept from \d/),
      },
      { index: 2, path: "value", message: "half: must be a finite number" },
      { index: 4, path: "recordedAt", message: "must be a time" },
      { index: 5, path: "name", message: expect.stringMatching(/^must start with a letter/) },
      { index: 6, path: "metadata.x", message: expect.any(String) },
    ],
  });
  expect((await stored("half")).map(({ recorded_at }) => recorded_at)).toEqual([minute, later(2)]);
});

test("none is none", async () => {
  expect(await writeSamples(context, [])).toEqual({ stored: 0, duplicates: 0, rejected: [] });
});

test("recordMetric stores one value at the present time", async () => {
  context.setNow(minute);
  await recordMetric(context, { name: "signups", value: 3, unit: "count", metadata: { plan: "pro" } });
  await recordMetric(context, {
    name: "signups",
    value: 4,
    unit: "count",
    metadata: { plan: "pro" },
    recordedAt: later(60_000).toISOString(),
  });
  expect(await stored("signups")).toEqual([
    { recorded_at: minute, value: 3 },
    { recorded_at: later(60_000), value: 4 },
  ]);
});

test.each([
  [{ name: "", value: 1 }, "name"],
  [{ name: "a b", value: 1 }, "name"],
  [{ name: "x", value: Number.POSITIVE_INFINITY }, "value"],
  [{ name: "x", value: 1, metadata: { a: "\u0000" } }, "metadata.a"],
  [
    { name: "x", value: 1, metadata: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`l${i}`, i])) },
    "metadata",
  ],
])("recordMetric refuses %j", async (input, path) => {
  const error = await caught(recordMetric(context, input));
  expect(isProblem(error) && error.issues.map((issue) => issue.path)).toEqual([path]);
});

test("a viewer reads series and records none; nobody reads nothing", async () => {
  const viewer = context.as({ kind: "user", id: "u", name: "Vera", role: "viewer" });
  await expect(recordMetric(viewer, { name: "x", value: 1 })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(writeSamples(viewer, [])).rejects.toMatchObject({ kind: "forbidden" });
  await expect(listSeries(context.as({ kind: "anonymous" }))).rejects.toMatchObject({ kind: "unauthenticated" });
  expect((await listSeries(viewer, { name: "signups" })).items).toMatchObject([
    { unit: "count", metadata: { plan: "pro" } },
  ]);
});

test("series are listed by name in pages, and found by a part of a name or label", async () => {
  for (const host of ["b", "a", "c"])
    await recordMetric(context, { name: "paged", value: 1, metadata: { host: `Node-${host}` } });
  const first = await listSeries(context, { name: "paged", limit: 2 });
  const second = await listSeries(context, { name: "paged", limit: 2, cursor: first.next ?? "" });
  expect([...first.items, ...second.items].map(({ metadata }) => metadata)).toEqual([
    { host: "Node-b" },
    { host: "Node-a" },
    { host: "Node-c" },
  ]);
  expect(second.next).toBeNull();
  expect((await listSeries(context, { query: "node-A" })).items).toHaveLength(1);
  expect((await listSeries(context, { query: "AGE" })).items).toHaveLength(3);
  expect((await listSeries(context, { query: "%" })).items).toEqual([]);
});
