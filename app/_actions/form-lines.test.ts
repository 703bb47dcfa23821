import { expect, test } from "vitest";
import { localMoment, matchersFrom, numberOf } from "./form-lines";

test("a local time is read by the clocks of its zone, on the days of a clock change too", () => {
  const iso = (text: string, zone: string) => localMoment(text, zone)?.toISOString();
  expect(iso("2026-07-01T22:30", "Europe/Berlin")).toBe("2026-07-01T20:30:00.000Z");
  expect(iso("2026-03-29T09:00", "Europe/Berlin")).toBe("2026-03-29T07:00:00.000Z");
  expect(iso("2026-10-25T09:00", "Europe/Berlin")).toBe("2026-10-25T08:00:00.000Z");
  expect(iso("2026-07-01T22:30", "no/zone")).toBe("2026-07-01T22:30:00.000Z");
  expect(localMoment("tomorrow", "UTC")).toBeUndefined();
});

test("matchers are one a line; what is none is named at the field", () => {
  expect(matchersFrom(" check=payments \n\nhost=~web-.*")).toEqual([
    { label: "check", op: "=", value: "payments" },
    { label: "host", op: "=~", value: "web-.*" },
  ]);
  expect(() => matchersFrom("payments")).toThrow(/must be like check=payments/);
});

test("a number that is none stays as it was typed", () => {
  expect([numberOf(""), numberOf("12"), numberOf("many")]).toEqual([undefined, 12, "many"]);
});
