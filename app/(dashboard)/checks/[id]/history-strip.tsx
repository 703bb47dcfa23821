"use client";

import { type State, STATES } from "@/app/_components/state";
import { StatusStrip, toRuns } from "@/app/_components/status-strip";
import { clockTime, shortTime } from "@/app/_components/time-format";
import { useZone } from "@/app/_components/zone";

interface Piece {
  from: number;
  to: number;
  /** null where nothing ran. */
  state: State | null;
  runs: number;
  failed: number;
}

/** The states of a range as bars, each with its time in the viewer's zone. */
export function HistoryStrip({ pieces, label }: { pieces: readonly Piece[]; label: string }) {
  const zone = useZone();
  const [first] = pieces;
  const end = pieces.at(-1)?.to ?? 0;
  return (
    <>
      <StatusStrip
        runs={toRuns(pieces.map(({ state }) => state))}
        notes={pieces.map((piece) => noteOf(piece, zone, end))}
        label={label}
        height={36}
      />
      <p className="mt-2 flex justify-between text-xs text-muted" suppressHydrationWarning>
        <span>{first ? shortTime(first.from, zone, end) : ""}</span>
        <span>now</span>
      </p>
    </>
  );
}

function noteOf({ from, to, state, runs, failed }: Piece, zone: string, now: number): string {
  const what =
    state === null
      ? "no run"
      : `${STATES[state].word.toLowerCase()}, ${failed === 0 ? `${runs} ${runs === 1 ? "run" : "runs"}` : `${failed} of ${runs} runs failed`}`;
  return `${shortTime(from, zone, now)} to ${clockTime(to, zone)}: ${what}`;
}
