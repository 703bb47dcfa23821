import { max } from "d3-array";
import { line } from "d3-shape";

interface SparklineProps {
  /** Evenly spaced in time, oldest first; null is a gap. */
  values: readonly (number | null)[];
  /** Read out in place of the picture, e.g. "Response time of the last 24 hours, now 182 ms". */
  label: string;
  height?: number;
}

/** A small line without axes, zero based, drawn on the server. */
export function Sparkline({ values, label, height = 24 }: SparklineProps) {
  const top = max(values, (value) => value ?? 0) || 1;
  const width = Math.max(values.length - 1, 1);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => index)
    .y((value) => 10 - ((value ?? 0) / top) * 9)
    .digits(2);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 10.5`}
      preserveAspectRatio="none"
      width="100%"
      height={height}
      className="block overflow-visible"
    >
      <path
        d={path(values) ?? ""}
        fill="none"
        className="stroke-muted"
        strokeWidth={1.25}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
