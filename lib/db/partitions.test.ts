import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { dropPartitionsPast, listPartitions, makePartitions, makePartitionsAhead, spanOfPartition } from "./partitions";

const context = await createTestContext();
const RETENTION = { raw: 30, hour: 365, day: 1_826 };

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

test("a day's samples are vacuumed as they come in", async () => {
  await makePartitionsAhead(context.sql, new Date("2033-05-10T12:00:00Z"));
  const { rows } = await context.sql.query<{ options: string[] | null }>(
    "SELECT reloptions AS options FROM pg_class WHERE relname = 'system_metrics_20330510'",
  );
  expect(rows[0]?.options).toContain("autovacuum_vacuum_insert_scale_factor=0");
});

test("partitions whose every row is past retention are dropped, newer ones stay", async () => {
  const now = new Date("2031-06-09T12:00:00Z");
  await makePartitionsAhead(context.sql, now);
  const dropped = await dropPartitionsPast(context.sql, now, RETENTION);
  expect(dropped).toContain("system_metrics_20310509");
  expect(dropped).toContain("metric_distributions_20310509");
  expect(dropped).not.toContain("system_metrics_20310510");
  expect(dropped).not.toContain("system_metric_rollups_hour_203105");
  expect(await dropPartitionsPast(context.sql, now, RETENTION)).toEqual([]);
});

test("roll-ups are kept by month and year, as far back as there are samples, each for its own time", async () => {
  await makePartitions(context.sql, new Date("2041-12-20T00:00:00Z"), new Date("2042-01-02T00:00:00Z"));
  const names = async () =>
    (await listPartitions(context.sql, ["system_metric_rollups_hour", "system_metric_rollups_day"])).map(
      (one) => one.name,
    );
  expect(await names()).toEqual(
    expect.arrayContaining(["system_metric_rollups_day_2041", "system_metric_rollups_day_2042"]),
  );
  expect(await names()).toEqual(
    expect.arrayContaining(["system_metric_rollups_hour_204112", "system_metric_rollups_hour_204201"]),
  );
  await dropPartitionsPast(context.sql, new Date("2043-01-01T12:00:00Z"), RETENTION);
  expect(await names()).toEqual(
    expect.arrayContaining(["system_metric_rollups_day_2041", "system_metric_rollups_hour_204201"]),
  );
  expect(await names()).not.toContain("system_metric_rollups_hour_204112");
  // The last row of 2041 is past retention when the first of 2042 is not.
  await dropPartitionsPast(context.sql, new Date("2046-12-31T23:00:00Z"), RETENTION);
  expect(await names()).toContain("system_metric_rollups_day_2041");
  await dropPartitionsPast(context.sql, new Date("2047-01-01T01:00:00Z"), RETENTION);
  expect(await names()).not.toContain("system_metric_rollups_day_2041");
  // Made again for what is written now, not for what was dropped.
  await makePartitionsAhead(context.sql, new Date("2047-01-01T01:00:00Z"));
  expect((await names()).filter((name) => name < "system_metric_rollups_hour_204612" && name.includes("hour"))).toEqual(
    [],
  );
});

test("a partition's name says what it holds", () => {
  const span = (name: string) => {
    const { from, to } = spanOfPartition(name) ?? {};
    return [from?.toISOString(), to?.toISOString()];
  };
  expect(span("system_metrics_20311231")).toEqual(["2031-12-31T00:00:00.000Z", "2032-01-01T00:00:00.000Z"]);
  expect(span("system_metric_rollups_hour_203112")).toEqual(["2031-12-01T00:00:00.000Z", "2032-01-01T00:00:00.000Z"]);
  expect(span("system_metric_rollups_day_2031")).toEqual(["2031-01-01T00:00:00.000Z", "2032-01-01T00:00:00.000Z"]);
  expect(spanOfPartition("system_metrics_pkey")).toBeUndefined();
});
