import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { writeSamples } from "../write-samples";
import type { Labels } from "../sample";
import { MAX_PANELS, readAddress } from "./address";
import { panelCsv } from "./panel-csv";
import { readPanels } from "./read-panels";
import { MAX_LINES } from "./to-chart";

const context = await createTestContext();
const NOW = "2026-11-24T12:00:30Z";
context.setNow(NOW);
const DAY_MS = 86_400_000;

async function write(name: string, metadata: Labels, values: number[], { unit = "", at = NOW } = {}) {
  const end = Math.floor(new Date(at).getTime() / 60_000) * 60_000;
  await writeSamples(
    context,
    values.map((value, index) => ({
      name,
      unit,
      metadata,
      value,
      recordedAt: new Date(end - (values.length - 1 - index) * 60_000),
    })),
  );
}

const read = (query: string) => readPanels(context, readAddress(query));

test("each chart has its lines, labelled by what differs, with its unit and kinds", async () => {
  await write("memory", { host: "a", zone: "x" }, [1, 2, 3], { unit: "bytes" });
  await write("memory", { host: "b", zone: "x" }, [4, 5, 6], { unit: "bytes" });
  const { from, to, panels } = await read("q=memory&q=max:memory(host=b)&q=count:memory()by()&range=1h");
  expect(to - from).toBe(3_600_000);
  expect(panels).toMatchObject([
    {
      text: "avg:memory",
      kinds: ["gauge"],
      chart: { unit: "bytes", step: 60_000, total: 2, lines: [{ label: "a" }, { label: "b" }], notes: [] },
    },
    { chart: { lines: [{ label: "memory" }] } },
    { chart: { unit: "count", lines: [{ label: "2 series", seriesCount: 2 }] } },
  ]);
  const [first] = panels;
  expect(first && "chart" in first ? first.chart.lines[0]?.values.slice(-3) : []).toEqual([1, 2, 3]);
});

test("a chart that can't be answered says why, and the others go on", async () => {
  await write("load", { host: "a" }, [1]);
  context.advance(10);
  const { panels } = await read(
    "q=load&q=avg:load(host=~()&q=rate:load&q=avg:load(host)&q=no_such_metric&q=load(host=z)&range=1h",
  );
  expect(panels.map((panel) => ("problem" in panel ? panel.problem : (panel.chart.empty ?? "shown")))).toEqual([
    "shown",
    expect.stringMatching(/can't be read/),
    expect.stringMatching(/^Rate of load: a gauge is a level and has no rate/),
    expect.stringMatching(/can't be read: a filter is like/),
    "There is no metric called no_such_metric.",
    "The only series of load does not fit host = z.",
  ]);
});

test("a pattern that is none is named in words", async () => {
  await write("load", { host: "a" }, [1]);
  const { panels } = await read('q=avg:load(host=~"(a")&q=load&range=1h');
  expect(panels).toMatchObject([
    { problem: expect.stringMatching(/^The filter host =~ \(a is no regular expression: /) },
    { chart: { lines: [{}] } },
  ]);
});

test("what was before stands under the same times", async () => {
  await write("visits", {}, [10, 20], { at: new Date(new Date(NOW).getTime() - 7 * DAY_MS).toISOString() });
  await write("visits", {}, [11, 21]);
  const { panels } = await read("q=visits&range=1h&compare=week");
  const [panel] = panels;
  if (!panel || !("chart" in panel)) throw new Error("no chart");
  const [line] = panel.chart.lines;
  expect([line?.values.slice(-2), line?.before?.slice(-2)]).toEqual([
    [11, 21],
    [10, 20],
  ]);
});

test("what was usual lies behind the only line of a chart, and stands in its file", async () => {
  await write("banded", { host: "a" }, [20, 21, 22]);
  await context.sql.query(
    `INSERT INTO metric_bands SELECT id, date_trunc('hour', $1::timestamptz) - interval '5 minutes', 10.4, 30 FROM metric_series WHERE name = 'banded'`,
    [NOW],
  );
  const { panels } = await read("q=banded&q=count:banded&range=1h");
  const [level, count] = panels.map((panel) => ("chart" in panel ? panel.chart : undefined));
  expect(count?.lines[0]?.usual).toBeUndefined();
  // Of the five minutes before noon; as nothing newer was judged yet, it stands for the minute after too.
  expect(level?.lines[0]?.usual?.low.slice(-7)).toEqual([null, 10.4, 10.4, 10.4, 10.4, 10.4, 10.4]);
  const [head, ...rows] = level ? panelCsv(level).trim().split("\r\n") : [];
  expect(head).toBe("time,banded,banded usual from,banded usual to");
  expect(rows.at(-1)).toMatch(/,22,10\.4,30$/);
});

test("too many lines: the highest are shown, and that there are more is said", async () => {
  for (let i = 0; i < MAX_LINES + 6; i += 1) await write("many", { host: `h${i}` }, [i]);
  const { panels } = await read("q=many&range=1h");
  const [panel] = panels;
  if (!panel || !("chart" in panel)) throw new Error("no chart");
  expect(panel.chart.lines.map(({ label }) => label)).not.toContain("h5");
  expect(panel.chart.lines[0]?.label).toBe("h6");
  expect(panel.chart.notes).toEqual([expect.stringContaining(`the ${MAX_LINES} of ${MAX_LINES + 6} series`)]);
});

test("a page is read by four statements, however many charts it has", async () => {
  await write("statements", {}, [1]);
  const asked: string[] = [];
  const { sql } = context;
  const counting = new Proxy(sql, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (key !== "query" || typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        asked.push(JSON.stringify(args[0]));
        return value.apply(target, args);
      };
    },
  });
  const query = Array.from({ length: MAX_PANELS }, () => "q=statements").join("&");
  const { panels } = await readPanels({ ...context, sql: counting }, readAddress(`${query}&range=6h&compare=week`));
  expect(panels).toHaveLength(MAX_PANELS);
  expect(asked).toHaveLength(4);
});

test("days of a time zone with a clock change are of their own length", async () => {
  await write("daily", {}, [5], { at: "2026-10-25T12:00:00Z" });
  context.setNow("2026-11-20T12:00:00Z");
  const { panels } = await read("q=sum:daily&from=2026-10-24T00:00Z&to=2026-10-27T00:00Z&step=1d&tz=Europe/Berlin");
  context.setNow(NOW);
  const [panel] = panels;
  if (!panel || !("chart" in panel)) throw new Error("no chart");
  const { times = [], lines } = panel.chart;
  const hours = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 3_600_000);
  expect(hours).toContain(25);
  expect(lines[0]?.values).toContain(5);
  expect(panelCsv(panel.chart)).toContain("2026-10-24T22:00:00.000Z,5\r\n");
});

test("a CSV file holds gaps, what was before and labels that a spreadsheet does not run", () => {
  const chart = { unit: "ms", start: Date.UTC(2026, 0, 1), step: 60_000, total: 2, anomalies: [], notes: [] };
  const line = { metadata: {}, seriesCount: 1 };
  expect(
    panelCsv({
      ...chart,
      lines: [
        { ...line, label: "=1+1", values: [1, null], before: [3, 4] },
        { ...line, label: 'a "b", c', values: [0.5, 2] },
      ],
    }),
  ).toBe(
    `time,'=1+1 (ms),'=1+1 before (ms),"a ""b"", c (ms)"\r\n2026-01-01T00:00:00.000Z,1,3,0.5\r\n2026-01-01T00:01:00.000Z,,4,2\r\n`,
  );
});
