import fc from "fast-check";
import { expect, test } from "vitest";
import { decideMerge, worseImpact } from "./decide-merge";
import { INCIDENT_IMPACTS, INCIDENT_SEVERITIES } from "./incident";

const AT = new Date("2026-11-27T12:00:00Z");
const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);

type Side = Parameters<typeof decideMerge>[0];
const open: Side = {
  id: "a",
  number: 1,
  severity: "high",
  visibility: "internal",
  resolvedAt: null,
  mergedInto: null,
  startedAt: AT,
  detectedAt: AT,
};
const other: Side = { ...open, id: "b", number: 2 };

test.each<[string, Partial<Side>, Partial<Side>, string]>([
  ["itself", {}, { id: "a" }, "choose another incident than this one"],
  ["one that ended", {}, { resolvedAt: AT }, "INC-2 is resolved, and this one is not: reopen INC-2 first"],
  ["one that was merged", {}, { mergedInto: { id: "c", number: 3 } }, "INC-2 was merged into INC-3: choose that one"],
  ["a second time", { resolvedAt: AT, mergedInto: { id: "c", number: 3 } }, {}, "it was merged into INC-3 already"],
  [
    "out of the public's sight",
    { visibility: "public" },
    {},
    "the status page does not show INC-2, and would say that this one is over: make INC-2 public",
  ],
])("an incident is not merged into %s: the reason is told", (_, from, into, reason) => {
  expect(decideMerge({ ...open, ...from }, { ...other, ...into })).toEqual({ isAllowed: false, reason });
});

test("one that is over may become a part of any other, also of one that nobody outside sees", () => {
  const from: Side = { ...open, resolvedAt: AT, visibility: "public" };
  expect(decideMerge(from, { ...other, resolvedAt: AT })).toEqual({ isAllowed: true, fields: {} });
});

test("the other began when the first of them did, was noticed then, and is as bad as the worse", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...INCIDENT_SEVERITIES),
      fc.constantFrom(...INCIDENT_SEVERITIES),
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      (one, two, minutes, noticed) => {
        const from = { ...open, severity: one, startedAt: later(minutes), detectedAt: later(minutes + noticed) };
        const merge = decideMerge(from, { ...other, severity: two });
        if (!merge.isAllowed) throw new Error(merge.reason);
        const after = { ...other, severity: two, ...merge.fields };
        const rank = (severity: Side["severity"]) => INCIDENT_SEVERITIES.indexOf(severity);
        expect(rank(after.severity)).toBe(Math.max(rank(one), rank(two)));
        expect(after.startedAt.getTime()).toBe(Math.min(from.startedAt.getTime(), AT.getTime()));
        expect(after.startedAt.getTime()).toBeLessThanOrEqual(after.detectedAt.getTime());
      },
    ),
  );
});

test.each(INCIDENT_IMPACTS.flatMap((one) => INCIDENT_IMPACTS.map((two) => [one, two] as const)))(
  "of %s and %s the worse impact counts",
  (one, two) => {
    const order = ["degraded", "partial", "major"];
    expect(worseImpact(one, two)).toBe(order.indexOf(one) > order.indexOf(two) ? one : two);
  },
);
