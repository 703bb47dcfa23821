/** Six colours that colour-blind people tell apart, each with its own kind of line: colour is never the only difference. */
const COLOURS = [
  { stroke: "stroke-(--series-1)", fill: "fill-(--series-1)", dot: "bg-(--series-1)" },
  { stroke: "stroke-(--series-2)", fill: "fill-(--series-2)", dot: "bg-(--series-2)" },
  { stroke: "stroke-(--series-3)", fill: "fill-(--series-3)", dot: "bg-(--series-3)" },
  { stroke: "stroke-(--series-4)", fill: "fill-(--series-4)", dot: "bg-(--series-4)" },
  { stroke: "stroke-(--series-5)", fill: "fill-(--series-5)", dot: "bg-(--series-5)" },
  { stroke: "stroke-(--series-6)", fill: "fill-(--series-6)", dot: "bg-(--series-6)" },
] as const;
const DASHES = [undefined, "6 3", "2 3", "9 3 2 3", "12 4", "4 6"] as const;

type SeriesStyle = (typeof COLOURS)[number] & { dash: string | undefined };

/**
 * The style of a series by its place. After six the colours come again, each with another kind of line; then the first six are
 * whole lines, since ten kinds of dashes side by side are told apart by nobody.
 */
export function seriesStyle(index: number, count: number): SeriesStyle {
  const colour = COLOURS[index % COLOURS.length] ?? COLOURS[0];
  const kind = count > COLOURS.length ? Math.floor(index / COLOURS.length) : index;
  return { ...colour, dash: DASHES[kind % DASHES.length] };
}
