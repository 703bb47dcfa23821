import fc from "fast-check";
import { expect, test } from "vitest";
import { monthOf, monthsOf, startOfMonth } from "./months";

const BERLIN = "Europe/Berlin";

test.each([
  // The last hour of October in UTC is November's first half in Berlin: winter time, one hour ahead.
  ["2026-10-31T22:59:59.999Z", "2026-10"],
  ["2026-10-31T23:00:00Z", "2026-11"],
  // Summer time, two hours ahead.
  ["2027-03-31T21:59:59.999Z", "2027-03"],
  ["2027-03-31T22:00:00Z", "2027-04"],
  // The leap day lasts until 23:00 UTC there.
  ["2028-02-29T22:59:59.999Z", "2028-02"],
  ["2028-02-29T23:00:00Z", "2028-03"],
])("%s lies in %s in Berlin", (at, month) => {
  expect(monthOf(BERLIN, new Date(at))).toBe(month);
});

test("months have their own lengths: October 2026 an hour more, March 2027 an hour less, February 2028 a day more", () => {
  const hours = (month: string) =>
    (startOfMonth(BERLIN, month, 1).getTime() - startOfMonth(BERLIN, month).getTime()) / 3_600_000;
  expect(hours("2026-10")).toBe(31 * 24 + 1);
  expect(hours("2027-03")).toBe(31 * 24 - 1);
  expect(hours("2027-02")).toBe(28 * 24);
  expect(hours("2028-02")).toBe(29 * 24);
});

test("the first and the last month are cut to the range, the year turns", () => {
  const range = { from: new Date("2027-11-15T12:00:00Z"), to: new Date("2028-01-10T00:00:00Z") };
  expect(monthsOf(BERLIN, range)).toEqual([
    { month: "2027-11", from: range.from, to: new Date("2027-11-30T23:00:00Z") },
    { month: "2027-12", from: new Date("2027-11-30T23:00:00Z"), to: new Date("2027-12-31T23:00:00Z") },
    { month: "2028-01", from: new Date("2027-12-31T23:00:00Z"), to: range.to },
  ]);
});

test("months follow one another without a gap, and each moment lies in the one that it names", () => {
  const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
  const zone = fc.constantFrom("UTC", BERLIN, "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe");
  fc.assert(
    fc.property(moment, moment, zone, (a, b, timezone) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const months = monthsOf(timezone, { from, to });
      expect(months.map(({ from: start }) => start)).toEqual([
        ...(from < to ? [from] : []),
        ...months.slice(0, -1).map(({ to: end }) => end),
      ]);
      for (const { month, from: start, to: end } of months) {
        expect(monthOf(timezone, start)).toBe(month);
        expect(monthOf(timezone, new Date(end.getTime() - 1))).toBe(month);
      }
    }),
    { numRuns: 60 },
  );
});
