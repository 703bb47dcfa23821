import { STATES, type State } from "./state";

/** A stretch of time and the worst state in it; null where nothing was recorded. */
export interface StripBucket {
  state: State | null;
  /** Shown when the pointer rests on the bar, e.g. "14:00-14:30: failing 4 of 6". */
  note?: string;
}

interface StatusStripProps {
  buckets: readonly StripBucket[];
  /** Read out in place of the bars, before the summary: "Last 24 hours". */
  label: string;
  height?: number;
}

/** Bars differ in height as well as in colour. */
const BARS: Record<string, { fill: string; height: number }> = {
  positive: { fill: "fill-positive-mark", height: 0.72 },
  caution: { fill: "fill-caution-mark", height: 0.86 },
  negative: { fill: "fill-negative-mark", height: 1 },
  info: { fill: "fill-info", height: 0.72 },
  neutral: { fill: "fill-neutral-mark", height: 0.4 },
  none: { fill: "fill-line", height: 0.24 },
};

function summary(buckets: readonly StripBucket[]): string {
  const known = buckets.flatMap((bucket) => bucket.state ?? []);
  if (known.length === 0) return "nothing recorded yet";
  const counts = new Map<string, number>();
  for (const state of known) counts.set(STATES[state].word, (counts.get(STATES[state].word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word.toLowerCase()} in ${count} of ${known.length} parts`).join(", ");
}

const barPath = (index: number, tall: number) => `M${index + 0.12} ${(1 - tall) * 10}h.76v${tall * 10}h-.76z`;

/** A heartbeat bar, oldest at the left. One path for each colour unless bars carry notes, to keep pages with many of them small. */
export function StatusStrip({ buckets, label, height = 20 }: StatusStripProps) {
  const kindOf = (bucket: StripBucket) => (bucket.state ? STATES[bucket.state].tone : "none");
  const noted = buckets.some((bucket) => bucket.note);
  const bars = buckets.map((bucket, at) => ({ at, note: bucket.note, kind: kindOf(bucket) }));
  const kinds = [...new Set(bars.map(({ kind }) => kind))];
  const draw = ({ at, kind }: { at: number; kind: string }) => barPath(at, BARS[kind]?.height ?? 1);
  return (
    <svg
      role="img"
      aria-label={`${label}: ${summary(buckets)}`}
      viewBox={`0 0 ${Math.max(buckets.length, 1)} 10`}
      preserveAspectRatio="none"
      width="100%"
      height={height}
      className="block"
    >
      {noted
        ? bars.map((bar) => (
            <path key={bar.at} className={BARS[bar.kind]?.fill} d={draw(bar)}>
              {bar.note ? <title>{bar.note}</title> : null}
            </path>
          ))
        : kinds.map((kind) => (
            <path
              key={kind}
              className={BARS[kind]?.fill}
              d={bars
                .filter((bar) => bar.kind === kind)
                .map(draw)
                .join("")}
            />
          ))}
    </svg>
  );
}
