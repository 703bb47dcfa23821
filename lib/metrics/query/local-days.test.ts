import fc from "fast-check";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { isTimeZone, localDay, startOfLocalDay } from "./local-days";

const context = await createTestContext();
const HOUR = 3_600_000;
const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / (24 * HOUR);

test.each([
  ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23],
  ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25],
  ["Europe/Berlin", "2026-06-01", "2026-05-31T22:00:00Z", 24],
  ["America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", 23],
  ["America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", 25],
  ["Asia/Kolkata", "2026-05-01", "2026-04-30T18:30:00Z", 24],
  ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", 24.5],
  // Clocks go forward at midnight: the day begins at 01:00.
  ["Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z", 23],
  ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23],
  ["UTC", "2026-03-29", "2026-03-29T00:00:00Z", 24],
])("in %s %s begins at %s and has %d hours", (zone, date, start, hours) => {
  const day = dayOf(date);
  expect(new Date(startOfLocalDay(zone, day)).toISOString()).toBe(new Date(start).toISOString());
  expect((startOfLocalDay(zone, day + 1) - startOfLocalDay(zone, day)) / HOUR).toBe(hours);
});

test("every moment lies in its day, and days begin where PostgreSQL says", async () => {
  const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"];
  const moments = fc.sample(
    fc.tuple(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(2008, 0), max: Date.UTC(2026, 0) })),
    300,
  );
  const { rows } = await context.sql.query<{ ms: number }>(
    `SELECT (extract(epoch FROM date_trunc('day', to_timestamp(ms / 1000), zone)) * 1000)::float8 AS ms
     FROM unnest($1::text[], $2::float8[]) WITH ORDINALITY AS m(zone, ms, n) ORDER BY n`,
    [moments.map(([zone]) => zone), moments.map(([, ms]) => ms)],
  );
  moments.forEach(([zone, ms], i) => {
    const day = localDay(zone, ms);
    const start = startOfLocalDay(zone, day);
    expect([zone, start]).toEqual([zone, rows[i]?.ms]);
    expect(start <= ms && ms < startOfLocalDay(zone, day + 1)).toBe(true);
  });
});

test("names of zones", () => {
  expect(["Europe/Berlin", "UTC", "Mars/Base", "", "x".repeat(500)].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
