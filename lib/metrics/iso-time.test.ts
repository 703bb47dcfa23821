import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUtc } from "./iso-time";
import { moment } from "./sample";

const date = fc.date({
  min: new Date("0100-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

test("it reads what programs write", () => {
  fc.assert(
    fc.property(date, (at) => {
      expect(parseUtc(at.toISOString())).toBe(at.getTime());
    }),
  );
  expect(parseUtc("2026-05-01T12:00:00Z")).toBe(Date.UTC(2026, 4, 1, 12));
});

test("it reads nothing that the schema refuses, and never another time", () => {
  const digits = "0123456789".split("");
  const near = fc.tuple(date, fc.nat(23), fc.constantFrom(...digits, "-", ":", ".", "T", "Z", " ", "+", "é"));
  fc.assert(
    fc.property(near, ([at, place, character]) => {
      const text = at.toISOString();
      const changed = text.slice(0, place) + character + text.slice(place + 1);
      const read = parseUtc(changed);
      if (read !== undefined) expect(moment.parse(changed).getTime()).toBe(read);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "2026-02-29T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-01-00T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:60:00Z",
  "2026-01-01T00:00:60Z",
  "2026-01-01T00:00:00+02:00",
  "2026-01-01 00:00:00Z",
  "2026-01-01T00:00:00.1Z",
  "",
])("%s is left to the schema", (text) => {
  expect(parseUtc(text)).toBeUndefined();
});
