import fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame } from "@/lib/errors/event";
import { frameRuns } from "./frame-runs";

const own = (name: string): Frame => ({ function: name, inApp: true });
const library = (name: string): Frame => ({ function: name, inApp: false });

/** `+` before what is open, parentheses around what is folded. */
const shown = (frames: readonly Frame[]): string =>
  frameRuns(frames)
    .map((run) =>
      run.kind === "frame"
        ? `${run.isOpen ? "+" : ""}${run.frame.function}`
        : `(${run.frames.map((frame) => frame.function).join(" ")})`,
    )
    .join(" ");

test.each<[what: string, frames: Frame[], shown: string]>([
  ["the latest call first, the nearest of the program open", [own("main"), own("order")], "+order main"],
  [
    "libraries between are folded",
    [own("main"), library("run"), library("next"), own("order")],
    "+order (next run) main",
  ],
  ["so is what the program called last", [own("order"), library("query"), library("parse")], "(parse query) +order"],
  ["one alone takes no more room than its fold", [own("main"), library("run"), own("order")], "+order run main"],
  ["with nothing of the program's own all is shown", [library("run"), library("parse")], "+parse run"],
  ["nothing", [], ""],
])("%s", (_, frames, expected) => {
  expect(shown(frames)).toBe(expected);
});

test("every frame is shown once, in its order, and one at most is open", () => {
  const frame = fc.record({ function: fc.uuid(), inApp: fc.boolean() });
  fc.assert(
    fc.property(fc.array(frame), (frames) => {
      const runs = frameRuns(frames);
      expect(runs.flatMap((run) => (run.kind === "frame" ? [run.frame] : run.frames)).toReversed()).toEqual(frames);
      const open = runs.filter((run) => run.kind === "frame" && run.isOpen);
      expect(open).toHaveLength(frames.length > 0 ? 1 : 0);
    }),
  );
});
