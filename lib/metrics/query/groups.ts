import type { Labels, MetricKind } from "../sample";
import type { FoundSeries } from "./find-series";

/** Series that are answered as one line: those of one unit with the same values of the labels asked for. */
export interface Group {
  unit: string;
  /** The labels that all of them have: of a series for itself, all of its own. */
  metadata: Labels;
  /** undefined where there are several. */
  kind: MetricKind | undefined;
  series: readonly FoundSeries[];
}

/** Groups series, in the order of each one's first series. A label that a series does not have is left out of its group. Pure. */
export function groupSeries(found: readonly FoundSeries[], by: readonly string[] | undefined): Group[] {
  if (by === undefined)
    return found.map((one) => ({ unit: one.unit, metadata: one.metadata, kind: one.kind, series: [one] }));
  const groups = new Map<string, FoundSeries[]>();
  for (const one of found) {
    const key = JSON.stringify([one.unit, ...by.map((label) => one.metadata[label] ?? null)]);
    const same = groups.get(key);
    if (same) same.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((series) => {
    const [first] = series;
    const metadata = first?.metadata ?? {};
    const own = by.flatMap((label): [string, string | number | boolean][] => {
      const value = metadata[label];
      return value === undefined ? [] : [[label, value]];
    });
    const kind = series.every((one) => one.kind === first?.kind) ? first?.kind : undefined;
    return { unit: first?.unit ?? "", metadata: Object.fromEntries(own), kind, series };
  });
}
