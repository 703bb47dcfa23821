import type { Labels } from "../sample";

interface Labelled {
  metadata: Labels;
  unit: string;
  seriesCount: number;
}

/**
 * What tells the lines of a chart apart, as short as it can be: the one label that differs, or all that differ. Never two the
 * same. Pure.
 * @param name stands for a line that has nothing to be told apart from
 */
export function lineLabels(lines: readonly Labelled[], name: string): string[] {
  const keys = [...new Set(lines.flatMap(({ metadata }) => Object.keys(metadata)))];
  const differing = keys.filter((key) => new Set(lines.map(({ metadata }) => metadata[key])).size > 1);
  const seen = new Map<string, number>();
  return lines.map(({ metadata, unit, seriesCount }) => {
    const parts = differing.map((key) => {
      const value = metadata[key];
      if (value === undefined) return `no ${key}`;
      return differing.length === 1 ? String(value) : `${key}=${value}`;
    });
    const own =
      parts.join(" ") || (seriesCount > 1 ? `${seriesCount} series` : lines.length === 1 ? name : unit || name);
    const times = (seen.get(own) ?? 0) + 1;
    seen.set(own, times);
    return times === 1 ? own : `${own} (${times})`;
  });
}
