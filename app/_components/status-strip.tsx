import { STATES, type State } from "./state";

/** A stretch of equal pieces of time with the same worst state; null where nothing was recorded. */
export type StripRun = readonly [state: State | null, pieces: number];

interface StatusStripProps {
  /** Oldest first. */
  runs: readonly StripRun[];
  /** Read out in place of the bars, before the summary: "Last 24 hours". */
  label: string;
  /** What is shown when the pointer rests on a piece, e.g. "14:00 to 14:30: failing, 4 of 6 runs failed". */
  notes?: readonly string[];
  height?: number;
}

/** Bars differ in height as well as in colour; heights in tenths of the strip's. */
const BARS: Record<string, { stroke: string; height: number }> = {
  positive: { stroke: "stroke-positive-mark", height: 7.2 },
  caution: { stroke: "stroke-caution-mark", height: 8.6 },
  negative: { stroke: "stroke-negative-mark", height: 10 },
  info: { stroke: "stroke-info", height: 7.2 },
  neutral: { stroke: "stroke-neutral-mark", height: 4 },
  none: { stroke: "stroke-line", height: 2.4 },
};

/** Pieces of time as runs of the same state. Pure. */
export function toRuns(states: readonly (State | null)[]): StripRun[] {
  const runs: [State | null, number][] = [];
  for (const state of states) {
    const last = runs.at(-1);
    if (last && last[0] === state) last[1] += 1;
    else runs.push([state, 1]);
  }
  return runs;
}

function summary(runs: readonly StripRun[]): string {
  const counts = new Map<string, number>();
  let known = 0;
  for (const [state, pieces] of runs) {
    if (state === null) continue;
    known += pieces;
    counts.set(STATES[state].word, (counts.get(STATES[state].word) ?? 0) + pieces);
  }
  if (known === 0) return "nothing recorded yet";
  return [...counts].map(([word, count]) => `${word.toLowerCase()} in ${count} of ${known} parts`).join(", ");
}

/** A heartbeat bar, oldest at the left. A run of pieces is one dashed line, each kind one path: pages have many strips. */
export function StatusStrip({ runs, label, notes, height = 20 }: StatusStripProps) {
  const paths = new Map<string, string>();
  let at = 0;
  for (const [state, pieces] of runs) {
    const kind = state ? STATES[state].tone : "none";
    const middle = 10 - (BARS[kind]?.height ?? 10) / 2;
    // Begins within the piece and ends with a whole bar: no dash is begun at the end.
    paths.set(kind, `${paths.get(kind) ?? ""}M${at}.12 ${middle}h${pieces - 1}.76`);
    at += pieces;
  }
  const places = notes?.map((note, piece) => ({ note, path: `M${piece} 0h1v10h-1z` })) ?? [];
  return (
    <svg
      role="img"
      aria-label={`${label}: ${summary(runs)}`}
      viewBox={`0 0 ${Math.max(at, 1)} 10`}
      preserveAspectRatio="none"
      width="100%"
      height={height}
      className="block"
    >
      {[...paths].map(([kind, path]) => (
        <path
          key={kind}
          className={BARS[kind]?.stroke}
          strokeWidth={BARS[kind]?.height}
          strokeDasharray=".76 .24"
          d={path}
        />
      ))}
      {places.map(({ note, path }) => (
        <path key={path} fill="transparent" d={path}>
          <title>{note}</title>
        </path>
      ))}
    </svg>
  );
}
