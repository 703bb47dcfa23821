import { expect, test } from "vitest";
import { type MaintenanceWindow, activeSpan, nextSpans } from "./maintenance-window";

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
  startTime: "02:30",
  cron: null,
  durationMinutes: 60,
  createdBy: "Ada",
  createdAt: new Date(0),
  ...more,
});
const spanAt = (given: MaintenanceWindow, at: string) => {
  const span = activeSpan(given, new Date(at));
  return span && `${span.from.toISOString().slice(0, 16)} ${span.to.toISOString().slice(0, 16)}`;
};

test.each<[string, Partial<MaintenanceWindow>, string, string | undefined]>([
  // Sunday 2026-11-22, winter: 02:30 is 01:30 UTC.
  ["a minute before", {}, "2026-11-22T01:29:00Z", undefined],
  ["at its start", {}, "2026-11-22T01:30:00Z", "2026-11-22T01:30 2026-11-22T02:30"],
  ["in its last minute", {}, "2026-11-22T02:29:59Z", "2026-11-22T01:30 2026-11-22T02:30"],
  ["at its end", {}, "2026-11-22T02:30:00Z", undefined],
  ["on another day", {}, "2026-11-23T01:45:00Z", undefined],
  ["in summer an hour earlier by UTC", {}, "2026-06-07T00:45:00Z", "2026-06-07T00:30 2026-06-07T01:30"],
  // 2026-03-29 the clocks go from 02:00 to 03:00: there is no 02:30, it begins at the change.
  ["when its time is skipped", {}, "2026-03-29T01:45:00Z", "2026-03-29T01:00 2026-03-29T02:00"],
  // 2026-10-25 02:30 comes twice: once is enough.
  ["when its time comes twice, the first", {}, "2026-10-25T00:45:00Z", "2026-10-25T00:30 2026-10-25T01:30"],
  ["when its time comes twice, not again", {}, "2026-10-25T01:45:00Z", undefined],
  [
    "over a change of the clocks it lasts as long as ever",
    { startTime: "01:30", durationMinutes: 120 },
    "2026-03-29T02:15:00Z",
    "2026-03-29T00:30 2026-03-29T02:30",
  ],
  [
    "over midnight",
    { startTime: "23:30", durationMinutes: 120, weekdays: [6] },
    "2026-11-21T23:30:00Z",
    "2026-11-21T22:30 2026-11-22T00:30",
  ],
  [
    "by cron",
    { recurrence: "cron", cron: "0 3 1 * *", timezone: "UTC" },
    "2026-12-01T03:30:00Z",
    "2026-12-01T03:00 2026-12-01T04:00",
  ],
  ["before it may recur", { startsAt: new Date("2026-12-01T00:00:00Z") }, "2026-11-22T01:45:00Z", undefined],
  ["after it may recur", { endsAt: new Date("2026-11-01T00:00:00Z") }, "2026-11-22T01:45:00Z", undefined],
  [
    "once",
    { recurrence: "once", startsAt: new Date("2026-11-22T01:00:00Z"), endsAt: new Date("2026-11-22T05:00:00Z") },
    "2026-11-22T04:59:59Z",
    "2026-11-22T01:00 2026-11-22T05:00",
  ],
])("%s", (_what, more, at, expected) => {
  expect(spanAt(window(more), at)).toBe(expected);
});

test("the next times are told, the present one first", () => {
  const spans = nextSpans(window({}), new Date("2026-11-22T02:00:00Z"), 3);
  expect(spans.map(({ from }) => from.toISOString())).toEqual([
    "2026-11-22T01:30:00.000Z",
    "2026-11-29T01:30:00.000Z",
    "2026-12-06T01:30:00.000Z",
  ]);
});
