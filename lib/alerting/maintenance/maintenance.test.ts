import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { previewMaintenance } from "./maintenance";

const context = await createTestContext();
context.setNow(new Date("2026-10-23T12:00:00Z"));
const starts = async (times: object) =>
  (await previewMaintenance(context, times)).map(({ from }) => from.toISOString().slice(0, 16));

test("a weekly window is previewed by its own clocks, over a change of them too", async () => {
  const weekly = { recurrence: "weekly", weekdays: [7], startTime: "04:00", durationMinutes: 60 };
  expect(await starts({ ...weekly, timezone: "Europe/Berlin" })).toEqual([
    "2026-10-25T03:00",
    "2026-11-01T03:00",
    "2026-11-08T03:00",
  ]);
  expect((await starts({ ...weekly, weekdays: [6], timezone: "Europe/Berlin" })).slice(0, 2)).toEqual([
    "2026-10-24T02:00",
    "2026-10-31T03:00",
  ]);
});

test("a single one is there while it is ahead or open, and nowhere when it is over", async () => {
  const once = { recurrence: "once", startsAt: "2026-10-23T11:00:00Z" };
  expect(await starts({ ...once, endsAt: "2026-10-23T13:00:00Z" })).toEqual(["2026-10-23T11:00"]);
  expect(await starts({ ...once, endsAt: "2026-10-23T11:30:00Z" })).toEqual([]);
});

test("what is missing is named at its field, and nothing is stored", async () => {
  const previewed = previewMaintenance(context, { recurrence: "cron", cron: "every day" });
  await expect(previewed).rejects.toMatchObject({
    kind: "invalid",
    issues: expect.arrayContaining([{ path: "cron", message: "must be a cron line of five fields, like 0 3 * * 0" }]),
  });
  expect(await context.db.maintenanceWindow.count()).toBe(0);
});
