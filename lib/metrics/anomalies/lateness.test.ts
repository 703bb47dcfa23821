import { expect, test } from "vitest";
import { createDetector, step } from "./detector";
import { latenessOf } from "./lateness";

const START = Date.UTC(2026, 0, 5);

function stateWithEvery(seconds: number, points: number) {
  const state = createDetector();
  for (let i = 0; i < points; i++) step(state, { at: new Date(START + i * seconds * 1000), value: i % 7 });
  return { state, after: (silent: number) => new Date(START + ((points - 1) * seconds + silent) * 1000) };
}

test.each([
  { every: 60, silent: 60, late: false },
  { every: 60, silent: 290, late: false },
  { every: 60, silent: 720, late: true },
  { every: 10, silent: 110, late: false },
  { every: 10, silent: 130, late: true },
  { every: 3600, silent: 4 * 3600, late: false },
  { every: 3600, silent: 6 * 3600, late: true },
])("a sample every $every s, silent for $silent s: late is $late", ({ every, silent, late }) => {
  const { state, after } = stateWithEvery(every, 100);
  expect(latenessOf(state, after(silent)).late).toBe(late);
});

test("it says for how long and what is usual", () => {
  const { state, after } = stateWithEvery(60, 100);
  expect(latenessOf(state, after(720))).toEqual({
    late: true,
    silentSeconds: 720,
    allowedSeconds: 300,
    reason: "No sample for 12 min; usual every 1 min",
  });
});

test("one gap does not make the next one usual", () => {
  const { state } = stateWithEvery(60, 100);
  const back = START + 99 * 60_000 + 86_400_000;
  step(state, { at: new Date(back), value: 1 });
  expect(latenessOf(state, new Date(back + 600_000)).late).toBe(true);
});

test("a series that is hardly known is never late", () => {
  const { state, after } = stateWithEvery(60, 5);
  expect(latenessOf(state, after(86_400))).toMatchObject({ late: false, allowedSeconds: null, reason: null });
  expect(latenessOf(createDetector(), new Date(START))).toMatchObject({ late: false, silentSeconds: 0 });
});
