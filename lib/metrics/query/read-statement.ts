import type { Operation } from "./aggregates";
import type { Span, Spans, Tier } from "./spans";
import type { TimeGrid } from "./time-grid";

/** Series that one operation is done for, over one grid. */
export interface Reading {
  operation: Operation;
  /** Of `percentile`. */
  quantile: number;
  isDistribution: boolean;
  grid: TimeGrid;
  spans: Spans;
  /** Each series with the slot that its samples are counted in; several in one slot are one line of the chart. */
  members: readonly { id: number; slot: number }[];
}

export interface Statement {
  text: string;
  values: unknown[];
}

/**
 * What a row of the statement holds: parts of what the buckets of a slot consist of, as lists with commas: one row for all
 * buckets of a line is several times as fast as one for each. Parts of several tiers are added up by the caller.
 */
export interface SlotParts {
  reading: number;
  slot: number;
  /** The bucket's place in the grid. */
  buckets: string;
  /** How many values; for `last`, the time of it in seconds; for `sketch`, its length in bytes. */
  ns: string;
  vs: string;
  /** Of `sketch`: one after another. */
  sketches: Buffer | null;
}

type Bind = (value: unknown, type: string) => string;

/**
 * The one statement that reads everything: a branch for each reading and tier. Each series is a range scan of a covering
 * primary key: the LATERAL subqueries are fenced by OFFSET 0, so that no plan reads whole partitions instead.
 */
export function buildStatement(readings: readonly Reading[]): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value, type) => {
    values.push(value);
    return `$${values.length}::${type}`;
  };
  const branches = readings.flatMap((reading, index) => {
    const members = `unnest(${bind(
      reading.members.map(({ id }) => id),
      "int[]",
    )}, ${bind(
      reading.members.map(({ slot }) => slot),
      "int[]",
    )}) AS g(id, slot)`;
    const bins = binsOf(reading.grid, bind);
    const parts =
      reading.operation === "increase"
        ? [readIncrease(members, bins, reading, bind)]
        : TIERS.filter((tier) => reading.spans[tier].length > 0).map((tier) =>
            readTier(members, bins, reading, tier, bind),
          );
    const sketches = reading.operation === "sketch" ? "string_agg(sketch, ''::bytea)" : "NULL::bytea";
    return parts.map(
      (part) => `
      SELECT ${index} AS reading, slot, ${listOf(bins.place("bin"))} AS buckets, ${listOf("n")} AS ns, ${listOf("v")} AS vs, ${sketches} AS sketches
      FROM (${part}) AS parts GROUP BY slot`,
    );
  });
  return { text: branches.join("\nUNION ALL\n"), values };
}

const TIERS: readonly Tier[] = ["raw", "hour", "day"];
/** Not extract(), which computes in decimal numbers. */
const seconds = (column: string) => `date_part('epoch', ${column})`;
const iso = (ms: number): string => new Date(ms).toISOString();

const listOf = (value: string): string => `array_to_string(array_agg(${value}), ',', 'NaN')`;

interface Bins {
  /** What the times of one bucket have alike: computed for every row. */
  of: (column: string) => string;
  /** The place of the bucket in the grid, from 0: computed once a bucket. */
  place: (bin: string) => string;
}

function binsOf(grid: TimeGrid, bind: Bind): Bins {
  const [first = 0] = grid.bounds;
  if (grid.stepMs !== undefined) {
    const step = bind(`${grid.stepMs / 1000} seconds`, "interval");
    const origin = bind(iso(first), "timestamptz");
    const seconds = bind(grid.stepMs / 1000, "float8");
    return {
      of: (column) => `date_bin(${step}, ${column}, ${origin})`,
      place: (bin) => `round((date_part('epoch', ${bin}) - date_part('epoch', ${origin})) / ${seconds})::int`,
    };
  }
  const bounds = bind(grid.bounds.map(iso), "timestamptz[]");
  return { of: (column) => `width_bucket(${column}, ${bounds})`, place: (bin) => `${bin} - 1` };
}

/** Rows of a series `g.id` in some spans, as a LATERAL item named `m`. */
function scan(table: string, time: string, columns: string, where: string, spans: readonly Span[], bind: Bind): string {
  const first = bind(iso(spans[0]?.from ?? 0), "timestamptz");
  const end = bind(iso(spans.at(-1)?.to ?? 0), "timestamptz");
  const inRange = `t.series_id = g.id ${where} AND t.${time} >= ${first} AND t.${time} < ${end}`;
  if (spans.length === 1)
    return `CROSS JOIN LATERAL (SELECT t.${time} AS at, ${columns} FROM ${table} t WHERE ${inRange} OFFSET 0) m`;
  const froms = bind(
    spans.map(({ from }) => iso(from)),
    "timestamptz[]",
  );
  const tos = bind(
    spans.map(({ to }) => iso(to)),
    "timestamptz[]",
  );
  return `CROSS JOIN unnest(${froms}, ${tos}) AS p(since, until)
    CROSS JOIN LATERAL (
      SELECT t.${time} AS at, ${columns} FROM ${table} t
      WHERE ${inRange} AND t.${time} >= p.since AND t.${time} < p.until OFFSET 0
    ) m`;
}

type Summarised = Exclude<Operation, "increase">;

/** n and v over samples (`value`), and over rows that sum up samples: distributions and roll-ups. */
const OF_SAMPLES: Record<Exclude<Summarised, "percentile" | "sketch">, string> = {
  avg: "count(*)::float8 AS n, sum(m.value) AS v",
  sum: "count(*)::float8 AS n, sum(m.value) AS v",
  min: "count(*)::float8 AS n, min(m.value) AS v",
  max: "count(*)::float8 AS n, max(m.value) AS v",
  count: "count(*)::float8 AS n, count(*)::float8 AS v",
  // Arrays compare by their first element, here the time: the newest one's value, without sorting.
  last: `(max(ARRAY[${seconds("m.at")}, m.value]))[1] AS n, (max(ARRAY[${seconds("m.at")}, m.value]))[2] AS v`,
};

const OF_SUMS: Record<keyof typeof OF_SAMPLES, { columns: string; result: string }> = {
  avg: { columns: "t.count, t.sum", result: "sum(m.count::float8) AS n, sum(m.sum) AS v" },
  sum: { columns: "t.count, t.sum", result: "sum(m.count::float8) AS n, sum(m.sum) AS v" },
  min: { columns: "t.min", result: "count(*)::float8 AS n, min(m.min) AS v" },
  max: { columns: "t.max", result: "count(*)::float8 AS n, max(m.max) AS v" },
  count: { columns: "t.count", result: "sum(m.count::float8) AS n, sum(m.count::float8) AS v" },
  last: {
    columns: "t.last",
    result: `(max(ARRAY[${seconds("m.at")}, m.last]))[1] AS n, (max(ARRAY[${seconds("m.at")}, m.last]))[2] AS v`,
  },
};

function readTier(
  members: string,
  bins: Bins,
  { operation, quantile, isDistribution, spans }: Reading,
  tier: Tier,
  bind: Bind,
): string {
  const [table, time, where] =
    tier !== "raw"
      ? ["system_metric_rollups", "bucket_at", `AND t.tier = '${tier}'`]
      : [isDistribution ? "metric_distributions" : "system_metrics", "recorded_at", ""];
  const isSamples = tier === "raw" && !isDistribution;
  const select = (columns: string, result: string, group = "GROUP BY 1, 2") => `
    SELECT g.slot, ${bins.of("m.at")} AS bin, ${result}
    FROM ${members} ${scan(table, time, columns, where, spans[tier], bind)}
    ${group}`;
  if (operation === "sketch") return select("t.sketch", "length(m.sketch) AS n, 0 AS v, m.sketch", "");
  if (operation === "percentile") {
    const share = bind(quantile, "float8");
    return select("t.value", `count(*)::float8 AS n, percentile_cont(${share}) WITHIN GROUP (ORDER BY m.value) AS v`);
  }
  if (operation === "increase") throw new Error("An increase is read over all tiers at once.");
  return isSamples
    ? select("t.value", OF_SAMPLES[operation])
    : select(OF_SUMS[operation].columns, OF_SUMS[operation].result);
}

/**
 * How much counters grew: all rows of a series in the order of time, whichever tier they are of, each with the increase
 * within it and the step from the last value of the row before; a value that fell was reset and counts from 0. The row
 * before the first one is the newest value before the range, so that no bucket depends on where the range begins.
 */
function readIncrease(members: string, bins: Bins, { grid, spans }: Reading, bind: Bind): string {
  const from = bind(iso(grid.bounds[0] ?? 0), "timestamptz");
  const rolledUp = (tier: "hour" | "day") => `
    (SELECT last FROM system_metric_rollups
     WHERE series_id = g.id AND tier = '${tier}' AND bucket_at <= ${from} - interval '1 ${tier}' ORDER BY bucket_at DESC LIMIT 1)`;
  const before = `
    SELECT '-infinity'::timestamptz AS at, value AS first, value AS last, 0::float8 AS increase, 1::float8 AS count
    FROM (SELECT coalesce(
      (SELECT value FROM system_metrics WHERE series_id = g.id AND recorded_at < ${from} ORDER BY recorded_at DESC LIMIT 1),
      ${rolledUp("hour")}, ${rolledUp("day")}) AS value) AS newest
    WHERE value IS NOT NULL`;
  const rows = TIERS.flatMap((tier) =>
    spans[tier].length === 0
      ? []
      : tier === "raw"
        ? `SELECT m.at, m.value, m.value, 0, 1 FROM (SELECT) one ${scan("system_metrics", "recorded_at", "t.value", "", spans.raw, bind)}`
        : `SELECT m.at, m.first, m.last, m.increase, m.count FROM (SELECT) one ${scan(
            "system_metric_rollups",
            "bucket_at",
            "t.first, t.last, t.increase, t.count::float8 AS count",
            `AND t.tier = '${tier}'`,
            spans[tier],
            bind,
          )}`,
  );
  return `
    SELECT g.slot, ${bins.of("r.at")} AS bin,
      sum(r.count - 1 + (r.previous IS NOT NULL)::int) AS n,
      sum(coalesce(r.increase, 0) + CASE WHEN r.previous IS NULL THEN 0 WHEN r.first >= r.previous THEN r.first - r.previous ELSE r.first END) AS v
    FROM ${members} CROSS JOIN LATERAL (
      SELECT at, first, increase, count, lag(last) OVER (ORDER BY at) AS previous
      FROM (${[before, ...rows].join("\nUNION ALL\n")}) AS ordered
    ) r
    WHERE r.at > '-infinity'
    GROUP BY 1, 2`;
}
