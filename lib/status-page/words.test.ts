import { expect, test } from "vitest";
import { formatAge, formatDay, formatMinutes, formatNear, formatSpan, formatUptime } from "./words";

test.each([
  [100, "100 %"],
  [99.9999, "99.99 %"],
  [99.97, "99.97 %"],
  [98.6111, "98.61 %"],
  [0, "0.00 %"],
])("an uptime of %d is %s: less than all of it is never 100 %%", (percent, text) => {
  expect(formatUptime(percent)).toBe(text);
});

test.each([
  [0.4, "under 1 min"],
  [20, "20 min"],
  [134, "2 h 14 min"],
  [1_440, "1 d"],
])("%d minutes are %s", (minutes, text) => {
  expect(formatMinutes(minutes)).toBe(text);
});

test("times are UTC, with their day where it is another one", () => {
  const now = new Date("2028-02-29T23:59:00Z");
  expect(formatNear("2028-02-29T00:02:00.000Z", now)).toBe("00:02 UTC");
  expect(formatNear("2028-02-28T23:58:00.000Z", now)).toBe("28 Feb 2028, 23:58 UTC");
  expect(formatDay("2028-02-29")).toBe("29 Feb 2028");
  expect(formatSpan("2028-02-28T23:00:00.000Z", "2028-02-29T01:14:00.000Z")).toBe("2 h 14 min");
});

test("an age is to the minute, once there is one", () => {
  const at = "2028-02-29T14:02:00.000Z";
  expect(formatAge(at, new Date("2028-02-29T14:02:42Z"))).toBe("42 s");
  expect(formatAge(at, new Date("2028-02-29T14:05:59Z"))).toBe("3 min");
  expect(formatAge(at, new Date("2028-02-29T13:00:00Z"))).toBe("0 s");
});
