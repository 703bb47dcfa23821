import { expect, test } from "vitest";
import { exactTime } from "./time-format";

const now = Date.parse("2026-11-27T23:30:00.000Z");

test.each([
  ["2026-11-27T14:02:11.042Z", "UTC", "14:02:11.042"],
  ["2026-11-27T14:02:11.042Z", "Asia/Kolkata", "27 Nov, 19:32:11.042"],
  ["2026-11-26T23:59:59.999Z", "UTC", "26 Nov, 23:59:59.999"],
  ["2026-11-27T00:00:00.000Z", "UTC", "00:00:00.000"],
])("%s in %s is shown as %s", (at, zone, shown) => {
  expect(exactTime(Date.parse(at), zone, now)).toBe(shown);
});
