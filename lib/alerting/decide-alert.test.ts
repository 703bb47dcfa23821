import fc from "fast-check";
import { expect, test } from "vitest";
import { FLAPPING, type OpenAlert, decideAlert } from "./decide-alert";
import type { Reading } from "./define-source";
import type { Severity } from "./severity";

const now = new Date("2026-11-25T03:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

const reading = (holds: boolean | null, more: Partial<Reading> = {}): Reading => ({
  key: "a",
  subject: "A",
  labels: {},
  holds,
  value: 1,
  threshold: 1,
  unit: "",
  summary: "A is so.",
  ...more,
});
const open = (state: OpenAlert["state"], more: Partial<OpenAlert> = {}): OpenAlert => ({
  state,
  severity: "warning",
  pendingSince: ago(60),
  clearSince: null,
  isFlapping: false,
  ...more,
});
const rule = (more: Partial<{ severity: Severity; forSeconds: number; keepFiringSeconds: number }> = {}) => ({
  severity: "warning" as Severity,
  forSeconds: 0,
  keepFiringSeconds: 0,
  ...more,
});

test.each([
  ["all is well", undefined, reading(false), rule(), { to: "same" }],
  ["nobody knows, and nothing is open", undefined, reading(null), rule(), { to: "same" }],
  ["it holds, and nothing is to be waited for", undefined, reading(true), rule(), { to: "firing" }],
  ["it holds, and is to hold for a minute", undefined, reading(true), rule({ forSeconds: 60 }), { to: "pending" }],
  ["between the limits nothing begins", undefined, reading(true, { isBetween: true }), rule(), { to: "same" }],
  [
    "it has held for 59 of 60 s",
    open("pending", { pendingSince: ago(59) }),
    reading(true),
    rule({ forSeconds: 60 }),
    { to: "same" },
  ],
  ["it has held for 60 s", open("pending"), reading(true), rule({ forSeconds: 60 }), { to: "firing" }],
  ["it went away before it fired", open("pending"), reading(false), rule({ forSeconds: 90 }), { to: "resolved" }],
  ["nobody knows while it waits", open("pending"), reading(null), rule({ forSeconds: 60 }), { to: "same" }],
  ["it still holds", open("firing"), reading(true), rule(), { to: "still-firing", clearSince: null }],
  ["between the limits it goes on", open("firing"), reading(true, { isBetween: true }), rule(), { to: "still-firing" }],
  ["nobody knows while it fires", open("firing"), reading(null), rule(), { to: "same" }],
  ["it is over", open("firing"), reading(false), rule(), { to: "resolved" }],
  ["what it was about is gone", open("firing"), undefined, rule(), { to: "resolved" }],
  [
    "it must be gone for a minute",
    open("firing"),
    reading(false),
    rule({ keepFiringSeconds: 60 }),
    { to: "still-firing", clearSince: now },
  ],
  [
    "it was gone for a minute",
    open("firing", { clearSince: ago(60) }),
    reading(false),
    rule({ keepFiringSeconds: 60 }),
    { to: "resolved" },
  ],
  [
    "it is back before that",
    open("firing", { clearSince: ago(30) }),
    reading(true),
    rule({ keepFiringSeconds: 60 }),
    { to: "still-firing", clearSince: null },
  ],
  [
    "it got worse",
    open("firing"),
    reading(true, { severity: "critical" }),
    rule(),
    { to: "still-firing", severity: "critical" },
  ],
  [
    "it got less bad, which is no news",
    open("firing", { severity: "critical" }),
    reading(true),
    rule(),
    { to: "still-firing", severity: "critical" },
  ],
  [
    "a flapping one was calm for too short",
    open("firing", { isFlapping: true, clearSince: ago(899) }),
    reading(false),
    rule(),
    { to: "still-firing" },
  ],
  [
    "a flapping one was calm for long",
    open("firing", { isFlapping: true, clearSince: ago(900) }),
    reading(false),
    rule(),
    { to: "resolved" },
  ],
])("%s", (_what, current, read, timing, expected) => {
  expect(decideAlert(current, read, timing, [], now)).toMatchObject(expected);
});

test("the fourth firing within an hour is flapping, the fourth in a day is not", () => {
  const within = Array.from({ length: FLAPPING.firings - 1 }, (_, index) => ago(600 * (index + 1)));
  expect(decideAlert(undefined, reading(true), rule(), within, now)).toMatchObject({ to: "firing", isFlapping: true });
  const spread = Array.from({ length: FLAPPING.firings - 1 }, (_, index) => ago(7_200 * (index + 1)));
  expect(decideAlert(undefined, reading(true), rule(), spread, now)).toMatchObject({ to: "firing", isFlapping: false });
});

test("for any readings and times: it fires only after it held for so long, and resolves only after it fired or waited", () => {
  const step = fc.record({ seconds: fc.integer({ min: 1, max: 200 }), holds: fc.constantFrom(true, false, null) });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 300 }),
      (steps, forSeconds, keepFiringSeconds) => {
        const timing = rule({ forSeconds, keepFiringSeconds });
        let current: OpenAlert | undefined;
        let heldSince: number | undefined;
        let goneSince: number | undefined;
        let at = now.getTime();
        const firings: Date[] = [];
        for (const { seconds, holds } of steps) {
          at += seconds * 1000;
          if (holds === true) {
            heldSince ??= at;
            goneSince = undefined;
          }
          if (holds === false) {
            heldSince = undefined;
            goneSince ??= at;
          }
          const time = new Date(at);
          const decision = decideAlert(current, reading(holds), timing, firings, time);
          if (decision.to === "pending") current = open("pending", { pendingSince: time });
          if (decision.to === "firing") {
            expect(at - (heldSince ?? at)).toBeGreaterThanOrEqual(forSeconds * 1000);
            firings.push(time);
            current = open("firing", { pendingSince: time, isFlapping: decision.isFlapping });
          }
          if (decision.to === "still-firing" && current) current = { ...current, clearSince: decision.clearSince };
          if (decision.to === "resolved") {
            expect(current).toBeDefined();
            if (current?.state === "firing")
              expect(at - (goneSince ?? at)).toBeGreaterThanOrEqual(keepFiringSeconds * 1000);
            current = undefined;
          }
        }
      },
    ),
  );
});
