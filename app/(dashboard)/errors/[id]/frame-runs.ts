import type { Frame } from "@/lib/errors/event";

/** One line of a stack trace as it is shown. */
export type FrameRun =
  | { kind: "frame"; frame: Frame; isOpen: boolean }
  /** Several frames of libraries in a row, the latest first: folded into one line. */
  | { kind: "libraries"; frames: readonly Frame[] };

/**
 * A stack trace as it is read: the latest call first, the program's own frames one by one, the nearest to the fault open, and
 * what lies in libraries between them folded. Where no frame is the program's own nothing is folded. Pure.
 * @param frames from the outermost call to where it broke
 */
export function frameRuns(frames: readonly Frame[]): FrameRun[] {
  const latestFirst = frames.toReversed();
  const firstOwn = latestFirst.findIndex(({ inApp }) => inApp);
  if (firstOwn === -1) return latestFirst.map((frame, i) => ({ kind: "frame", frame, isOpen: i === 0 }));
  const runs: FrameRun[] = [];
  let between: Frame[] = [];
  const fold = () => {
    const [only] = between;
    if (only && between.length === 1) runs.push({ kind: "frame", frame: only, isOpen: false });
    else if (only) runs.push({ kind: "libraries", frames: between });
    between = [];
  };
  for (const [i, frame] of latestFirst.entries()) {
    if (frame.inApp) {
      fold();
      runs.push({ kind: "frame", frame, isOpen: i === firstOwn });
    } else {
      between.push(frame);
    }
  }
  fold();
  return runs;
}
