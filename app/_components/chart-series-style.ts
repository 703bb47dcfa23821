/** Line, dash and dot of each series: colour is never the only difference. */
export const SERIES_STYLES = [
  { stroke: "stroke-(--series-1)", fill: "fill-(--series-1)", dot: "bg-(--series-1)", dash: undefined },
  { stroke: "stroke-(--series-2)", fill: "fill-(--series-2)", dot: "bg-(--series-2)", dash: "6 3" },
  { stroke: "stroke-(--series-3)", fill: "fill-(--series-3)", dot: "bg-(--series-3)", dash: "2 3" },
  { stroke: "stroke-(--series-4)", fill: "fill-(--series-4)", dot: "bg-(--series-4)", dash: "9 3 2 3" },
  { stroke: "stroke-(--series-5)", fill: "fill-(--series-5)", dot: "bg-(--series-5)", dash: "12 4" },
  { stroke: "stroke-(--series-6)", fill: "fill-(--series-6)", dot: "bg-(--series-6)", dash: "4 6" },
] as const;

/** The style of a series by its place. */
export function seriesStyle(index: number): (typeof SERIES_STYLES)[number] {
  return SERIES_STYLES[index % SERIES_STYLES.length] ?? SERIES_STYLES[0];
}
