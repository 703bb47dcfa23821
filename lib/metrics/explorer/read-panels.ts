import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { isProblem } from "@/lib/core/errors";
import { judgeCharts, type JudgedChart } from "../anomalies/judge-charts";
import { getMetricsMany, type MetricResult } from "../get-metrics";
import { listMetricNames, type MetricName } from "../list-metric-names";
import { type AddressPanel, type ExplorerAddress } from "./address";
import { explainRefusal } from "./explain-refusal";
import type { PanelQuery } from "./panel-query";
import type { PanelResult, PanelResults } from "./panel-result";
import { comparisonOffset, EXPLORER_RANGES, STEPS } from "./ranges";
import { toChart } from "./to-chart";

/** Most points of a line: no screen shows more of them apart. */
const POINTS = 1_000;

interface Range {
  from: Date;
  to: Date;
  step: number | undefined;
  points: number;
  timezone: string | undefined;
}

interface Read {
  result: MetricResult;
  before: MetricResult | undefined;
}

/** What is known of one query. */
interface Known {
  read: Read | string | undefined;
  judged: JudgedChart | undefined;
  metric: MetricName | undefined;
}

/**
 * All charts of an address: names by one statement, series and points by two, what was usual and odd by one, however many charts
 * there are. A chart that can't be answered says why, and the others go on; then each one is read for itself.
 * @param all every line of each chart, however many
 * @throws Problem forbidden
 */
export async function readPanels(
  context: Context,
  address: ExplorerAddress,
  { all = false } = {},
): Promise<PanelResults> {
  authorize(context.actor, "read");
  const range = rangeOf(context, address);
  const offset = address.compare && comparisonOffset(address.compare, range.from.getTime(), range.to.getTime());
  const queries = address.panels.flatMap((panel) => ("query" in panel ? [panel.query] : []));
  const [read, metrics] = await Promise.all([
    readAll(context, range, queries, offset),
    Promise.all(queries.map((query) => findMetric(context, query.name))),
  ]);
  const judged = await judge(context, queries, read, range.to);
  const known = new Map(
    queries.map((query, index) => [query, { read: read[index], judged: judged.get(query), metric: metrics[index] }]),
  );
  return {
    from: range.from.getTime(),
    to: range.to.getTime(),
    panels: address.panels.map((panel) => toResult(panel, known, all)),
  };
}

function rangeOf(context: Context, { zoom, range, step, timezone }: ExplorerAddress): Range {
  const to = zoom ? new Date(zoom.to) : context.now();
  const from = new Date(zoom ? zoom.from : to.getTime() - EXPLORER_RANGES[range] * 1000);
  return { from, to, step: step && STEPS[step], points: POINTS, timezone };
}

function toResult(panel: AddressPanel, known: ReadonlyMap<PanelQuery, Known>, all: boolean): PanelResult {
  const { text } = panel;
  if ("problem" in panel) return { text, kinds: [], problem: `“${text}” can't be read: ${panel.problem}.` };
  const { read, judged, metric } = known.get(panel.query) ?? { read: undefined, judged: undefined, metric: undefined };
  const found = typeof read === "object" ? read.result.series.flatMap(({ kind }) => kind ?? []) : [];
  const kinds = metric?.kinds ?? [...new Set(found)];
  if (read === undefined) return { text, kinds, problem: "It could not be read." };
  if (typeof read === "string") return { text, kinds, problem: read };
  return { text, kinds, chart: toChart({ query: panel.query, ...read, judged, metric, all }) };
}

async function judge(
  context: Context,
  queries: readonly PanelQuery[],
  read: readonly (Read | string)[],
  end: Date,
): Promise<Map<PanelQuery, JudgedChart | undefined>> {
  const drawn = queries.flatMap((query, index) => {
    const one = read[index];
    return typeof one === "object" && one.result.series.length > 0 ? [{ query, result: one.result }] : [];
  });
  // The same for all of them, and for those that an earlier time is drawn beside.
  const times = drawn[0]?.result.series[0]?.points.map(({ at }) => at) ?? [];
  const charts = drawn.map(({ query, result }) => ({ metrics: [query], only: { agg: query.agg, result } }));
  const judged = charts.length === 0 ? [] : await judgeCharts(context, { charts, times, end });
  return new Map(drawn.map(({ query }, index) => [query, judged[index]]));
}

/** Together where all can be answered, else each for itself, so that a wrong one spoils no other. */
async function readAll(
  context: Context,
  range: Range,
  queries: readonly PanelQuery[],
  offset: number | undefined,
): Promise<(Read | string)[]> {
  if (queries.length === 0) return [];
  try {
    return await readTogether(context, range, queries, offset);
  } catch (error) {
    if (!isProblem(error)) throw error;
    return Promise.all(
      queries.map((query) =>
        readTogether(context, range, [query], offset).then(
          ([read]) => read ?? "It could not be read.",
          (cause: unknown) => {
            if (!isProblem(cause)) throw cause;
            return explainRefusal(cause, query);
          },
        ),
      ),
    );
  }
}

async function readTogether(
  context: Context,
  range: Range,
  queries: readonly PanelQuery[],
  offset: number | undefined,
): Promise<Read[]> {
  const wanted = queries.map(({ name, agg, matchers, by }) => ({
    name,
    agg,
    matchers: [...matchers],
    by: by && [...by],
  }));
  const earlier = offset === undefined ? [] : wanted.map((one) => ({ ...one, offset }));
  const results = await getMetricsMany(context, { ...range, metrics: [...wanted, ...earlier] });
  return wanted.flatMap((_, index) => {
    const result = results[index];
    return result ? [{ result, before: offset === undefined ? undefined : results[wanted.length + index] }] : [];
  });
}

async function findMetric(context: Context, name: string): Promise<MetricName | undefined> {
  const found = await listMetricNames(context, { query: name, limit: 1_000 }).catch(() => []);
  return found.find((one) => one.name === name);
}
