import { type Operation, operationFor, quantileFor } from "./aggregates";
import type { FoundSeries } from "./find-series";
import type { Group } from "./groups";
import type { Wanted } from "./input";
import { invalid } from "./invalid";
import type { Reading } from "./read-statement";
import type { Spans } from "./spans";
import type { TimeGrid } from "./time-grid";

/** A metric as it was asked for, with its series and what answers it. */
export interface PlannedMetric {
  wanted: Wanted;
  groups: readonly Group[];
  grid: TimeGrid;
  /** By roll-ups as far as there are some. */
  spans: Spans;
}

/** Where the parts of a line are found: the slots of some readings. */
export interface Line {
  slots: readonly { reading: number; slot: number; operation: Operation }[];
}

export interface ReadPlan {
  readings: Reading[];
  /** For each metric, for each of its groups. */
  lines: Line[][];
}

interface Draft extends Reading {
  members: { id: number; slot: number }[];
  /** The slot of series that are read together already, by their numbers. */
  slots: Map<string, number>;
}

/**
 * Which operations have to be done for which series: what several lines need alike (three quantiles of one distribution) is
 * read once. Pure.
 * @throws Problem invalid when an aggregate makes no sense for a kind of series
 */
export function planReadings(metrics: readonly PlannedMetric[]): ReadPlan {
  const drafts = new Map<string, { index: number; draft: Draft }>();
  const draftFor = ({ wanted, grid, spans }: PlannedMetric, operation: Operation, isDistribution: boolean) => {
    const quantile = operation === "percentile" ? (quantileFor(wanted.agg) ?? 0.5) : 0;
    const key = JSON.stringify([operation, quantile, isDistribution, wanted.offset]);
    const known = drafts.get(key);
    if (known) return known;
    const { bounds, to } = grid;
    const raw: Spans = { raw: [{ from: bounds[0] ?? to, to }], hour: [], day: [] };
    // Quantiles of single values are not in a roll-up.
    const read = operation === "percentile" ? raw : spans;
    const draft: Draft = { operation, quantile, isDistribution, grid, spans: read, members: [], slots: new Map() };
    const made = { index: drafts.size, draft };
    drafts.set(key, made);
    return made;
  };
  const lines = metrics.map((metric) =>
    metric.groups.map((group): Line => {
      const parts = splitByOperation(metric.wanted, group);
      return {
        slots: parts.map(({ operation, isDistribution, series }) => {
          const { index, draft } = draftFor(metric, operation, isDistribution);
          return { reading: index, slot: slotFor(draft, series), operation };
        }),
      };
    }),
  );
  return { readings: [...drafts.values()].map(({ draft }) => draft), lines };
}

function slotFor(draft: Draft, series: readonly FoundSeries[]): number {
  const key = series.map(({ id }) => id).join();
  const known = draft.slots.get(key);
  if (known !== undefined) return known;
  const slot = draft.slots.size;
  draft.slots.set(key, slot);
  for (const { id } of series) draft.members.push({ id, slot });
  return slot;
}

function splitByOperation({ agg, name }: Wanted, { series }: Group) {
  const parts = new Map<string, { operation: Operation; isDistribution: boolean; series: FoundSeries[] }>();
  for (const one of series) {
    const answer = operationFor(agg, one.kind);
    if ("refusal" in answer) throw invalid("agg", `${agg} of ${name}: ${answer.refusal}`);
    const { operation } = answer;
    const isDistribution = one.kind === "distribution";
    // The newest of several series is none of them: each is read for itself.
    const key = operation === "last" ? String(one.id) : `${operation} ${isDistribution}`;
    const same = parts.get(key);
    if (same) same.series.push(one);
    else parts.set(key, { operation, isDistribution, series: [one] });
  }
  if (quantileFor(agg) !== undefined && parts.size > 1)
    throw invalid(
      "agg",
      `${agg} of ${name}: a quantile over distributions and single values together is not known; name labels that tell them apart`,
    );
  return [...parts.values()];
}
