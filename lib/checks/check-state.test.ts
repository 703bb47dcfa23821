import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PreviousState, decideState } from "./check-state";
import { CHECK_STATUSES, type CheckStatus } from "./define-check";

const rows: [
  previous: CheckStatus | null,
  failures: number,
  result: CheckStatus,
  threshold: number,
  state: CheckStatus | null,
  failuresAfter: number,
  reason: string,
][] = [
  [null, 0, "ok", 3, "ok", 0, "ok applies at once"],
  [null, 0, "failed", 1, "failed", 1, "failed 1 of 1 times in a row"],
  [null, 0, "failed", 3, null, 1, "failed 1 of 3 times in a row: the state stays"],
  [null, 2, "failed", 3, "failed", 3, "failed 3 of 3 times in a row"],
  ["ok", 0, "failed", 2, "ok", 1, "failed 1 of 2 times in a row: the state stays"],
  ["ok", 1, "crashed", 2, "crashed", 2, "crashed 2 of 2 times in a row"],
  ["ok", 1, "ok", 2, "ok", 0, "ok applies at once"],
  ["ok", 1, "warning", 2, "warning", 0, "warning applies at once"],
  ["warning", 0, "failed", 2, "warning", 1, "failed 1 of 2 times in a row: the state stays"],
  ["failed", 5, "failed", 2, "failed", 6, "failed 2 of 2 times in a row"],
  ["failed", 1, "failed", 9, "failed", 2, "failed 2 of 9 times in a row"],
  ["failed", 5, "crashed", 2, "crashed", 6, "crashed 2 of 2 times in a row"],
  ["failed", 5, "warning", 2, "warning", 0, "warning applies at once"],
  ["failed", 5, "ok", 2, "ok", 0, "ok applies at once"],
  ["failed", 5, "skipped", 2, "failed", 5, "skipped: nothing was learnt"],
  [null, 1, "skipped", 2, null, 1, "skipped: nothing was learnt"],
];

describe("decideState", () => {
  test.each(rows)(
    "%s with %i failures, then %s (threshold %i): %s",
    (status, consecutiveFailures, result, threshold, state, after, reason) => {
      const decision = decideState({ status, consecutiveFailures }, result, threshold);
      expect(decision).toEqual({ state, consecutiveFailures: after, flipped: state !== status, reason });
    },
  );

  const results = fc.array(fc.constantFrom(...CHECK_STATUSES), { maxLength: 40 });
  const play = (sequence: CheckStatus[], threshold: number) => {
    const states: PreviousState[] = [];
    let previous: PreviousState = { status: null, consecutiveFailures: 0 };
    for (const result of sequence) {
      const decision = decideState(previous, result, threshold);
      previous = { status: decision.state, consecutiveFailures: decision.consecutiveFailures };
      states.push(previous);
    }
    return states;
  };

  test("a state turns red exactly when the last results that say something are `threshold` failures", () => {
    fc.assert(
      fc.property(results, fc.integer({ min: 1, max: 6 }), (sequence, threshold) => {
        play(sequence, threshold).forEach(({ status }, index) => {
          const telling = sequence.slice(0, index + 1).filter((result) => result !== "skipped");
          const failures =
            telling.length - 1 - telling.findLastIndex((result) => result === "ok" || result === "warning");
          expect(status === "failed" || status === "crashed").toBe(failures >= threshold);
        });
      }),
    );
  });

  test("skipped results change nothing, wherever they stand", () => {
    fc.assert(
      fc.property(results, fc.integer({ min: 1, max: 6 }), (sequence, threshold) => {
        const telling = sequence.filter((result) => result !== "skipped");
        expect(play(sequence, threshold).at(-1)?.status ?? null).toBe(play(telling, threshold).at(-1)?.status ?? null);
      }),
    );
  });
});
