import { beforeAll, expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { listLabels, listLabelValues } from "./list-labels";
import { listMetricNames, rankNames } from "./list-metric-names";
import { writeSamples } from "./write-samples";

const context = await createTestContext();
const record = (name: string, metadata: Record<string, string | number>, unit = "ms") => ({
  name,
  unit,
  metadata,
  recordedAt: context.now(),
  value: 1,
});

beforeAll(async () => {
  context.setNow(new Date());
  await writeSamples(context, [
    record("cpu_usage", { host: "Web-1", core: 0 }),
    record("cpu_usage", { host: "Web-1", core: 1 }),
    record("cpu_usage", { host: "db-1", core: 0 }),
    record("cpu_usage", {}, "percent"),
    record("http.cpu_seconds", { host: "db-1" }),
    record("memory_usage", {}),
  ]);
});

test("metrics by parts of their name, with units and how many series they have", async () => {
  expect(await listMetricNames(context, { query: "CPU" })).toEqual([
    { name: "cpu_usage", units: ["ms", "percent"], kinds: ["gauge"], seriesCount: 4 },
    { name: "http.cpu_seconds", units: ["ms"], kinds: ["gauge"], seriesCount: 1 },
  ]);
  expect((await listMetricNames(context)).map(({ name }) => name)).toEqual([
    "cpu_usage",
    "http.cpu_seconds",
    "memory_usage",
  ]);
  expect(await listMetricNames(context, { limit: 1 })).toHaveLength(1);
});

test.each([
  ["usage", ["cpu_usage", "memory_usage"]],
  ["sec http", ["http.cpu_seconds"]],
  ["u", ["cpu_usage", "http.cpu_seconds", "memory_usage"]],
  ["m", ["memory_usage"]],
  ["nothing", []],
])("%s finds %j", (text, names) => {
  const all = ["cpu_usage", "http.cpu_seconds", "memory_usage"].map((name) => ({ name }));
  expect(rankNames(all, text).map(({ name }) => name)).toEqual(names);
});

test("a metric's labels with their most frequent values, among the series that fit", async () => {
  expect(await listLabels(context, { name: "cpu_usage" })).toEqual([
    {
      label: "core",
      valueCount: 2,
      values: [
        { value: "0", seriesCount: 2 },
        { value: "1", seriesCount: 1 },
      ],
    },
    {
      label: "host",
      valueCount: 2,
      values: [
        { value: "Web-1", seriesCount: 2 },
        { value: "db-1", seriesCount: 1 },
      ],
    },
  ]);
  const matchers = [{ label: "core", op: "=" as const, value: "1" }];
  expect((await listLabels(context, { name: "cpu_usage", matchers }))[1]?.values).toEqual([
    { value: "Web-1", seriesCount: 1 },
  ]);
});

test("values of a label by how they begin", async () => {
  expect(await listLabelValues(context, { name: "cpu_usage", label: "host", query: "w" })).toEqual([
    { value: "Web-1", seriesCount: 2 },
  ]);
  expect(await listLabelValues(context, { name: "cpu_usage", label: "host", query: "%" })).toEqual([]);
  expect(await listLabelValues(context, { name: "none", label: "host" })).toEqual([]);
});

test("what is new is found some seconds later", async () => {
  await listMetricNames(context);
  await writeSamples(context, [record("brand_new", {})]);
  expect(await listMetricNames(context, { query: "brand" })).toEqual([]);
  context.advance(6);
  expect(await listMetricNames(context, { query: "brand" })).toHaveLength(1);
});
