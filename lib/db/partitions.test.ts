import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { dropPartitionsPast, makePartitionsAhead } from "./partitions";

const context = await createTestContext();

test("partitions are made ahead, once, also by two workers at the same time", async () => {
  const now = new Date("2031-05-10T23:59:00Z");
  const made = await Promise.all([makePartitionsAhead(context.sql, now), makePartitionsAhead(context.sql, now)]);
  expect(
    made
      .flat()
      .filter((name) => name.startsWith("system_metrics"))
      .sort(),
  ).toEqual([
    "system_metrics_20310509",
    "system_metrics_20310510",
    "system_metrics_20310511",
    "system_metrics_20310512",
    "system_metrics_20310513",
  ]);
});

test("partitions whose every row is past retention are dropped, newer ones stay", async () => {
  const now = new Date("2031-06-09T12:00:00Z");
  await makePartitionsAhead(context.sql, now);
  const dropped = await dropPartitionsPast(context.sql, now, 30);
  expect(dropped).toContain("system_metrics_20310509");
  expect(dropped).not.toContain("system_metrics_20310510");
  expect(await dropPartitionsPast(context.sql, now, 30)).toEqual([]);
});
