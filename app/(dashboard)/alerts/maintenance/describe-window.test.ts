import { expect, test } from "vitest";
import type { MaintenanceWindow } from "@/lib/alerting/maintenance-window";
import { localMoment } from "@/app/_actions/form-lines";
import { toLocalInput } from "@/app/_forms/local-input";
import { describeSpan, describeWindow } from "./describe-window";

const window = (more: Partial<MaintenanceWindow>): MaintenanceWindow => ({
  id: "1",
  label: "Upgrade",
  description: "",
  matchers: [],
  recurrence: "weekly",
  timezone: "Europe/Berlin",
  startsAt: null,
  endsAt: null,
  weekdays: [7],
  startTime: "22:30",
  cron: null,
  durationMinutes: 90,
  createdBy: "Ada",
  createdAt: new Date(0),
  ...more,
});

test.each<[Partial<MaintenanceWindow>, string]>([
  [{}, "Every Sunday at 22:30 (Europe/Berlin), for 1 h 30 min"],
  [{ weekdays: [5, 1] }, "Every Monday and Friday at 22:30 (Europe/Berlin), for 1 h 30 min"],
  [{ weekdays: [3, 1, 2] }, "Every Monday, Tuesday and Wednesday at 22:30 (Europe/Berlin), for 1 h 30 min"],
  [{ weekdays: [1, 2, 3, 4, 5, 6, 7] }, "Every day at 22:30 (Europe/Berlin), for 1 h 30 min"],
  [
    { recurrence: "cron", cron: "0 3 1 * *", durationMinutes: 60, timezone: "UTC" },
    "By the cron line 0 3 1 * * (UTC), for 1 h",
  ],
  [{ recurrence: "once", durationMinutes: null }, "Once (Europe/Berlin)"],
])("%j reads %s", (more, text) => {
  expect(describeWindow(window(more))).toBe(text);
});

test.each([
  ["within a day", "2031-03-28T21:30:00Z", "2031-03-28T22:30:00Z", "Fri 28 Mar 2031, 22:30 to 23:30"],
  ["over midnight", "2031-03-28T22:30:00Z", "2031-03-29T00:00:00Z", "Fri 28 Mar 2031, 23:30 to Sat 29 Mar 2031, 01:00"],
  ["over the change to summer time", "2031-03-30T00:30:00Z", "2031-03-30T01:30:00Z", "Sun 30 Mar 2031, 01:30 to 03:30"],
])("a time %s is by the window's own clocks", (_what, from, to, text) => {
  expect(describeSpan({ from: new Date(from), to: new Date(to) }, "Europe/Berlin")).toBe(text);
});

test("over the change to winter time the same hour comes twice, and each says which", () => {
  const span = { from: new Date("2031-10-26T00:30:00Z"), to: new Date("2031-10-26T01:30:00Z") };
  expect(describeSpan(span, "Europe/Berlin")).toBe("Sun 26 Oct 2031, 02:30 CEST to 02:30 CET");
});

test("a form's time is what it was when it was typed, in any zone", () => {
  for (const zone of ["UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Chatham", "America/St_Johns"]) {
    const at = new Date("2031-07-05T10:45:00Z");
    const text = toLocalInput(at, zone);
    expect(text).toMatch(/^2031-07-0\dT\d\d:\d\d$/);
    expect(localMoment(text, zone), zone).toEqual(at);
  }
  expect(toLocalInput(null, "UTC")).toBe("");
});
