import fc from "fast-check";
import { Pool } from "pg";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import type { SeriesKey } from "./sample";
import { resolveSeries } from "./series";
import { seriesHash } from "./series-hash";

const context = await createTestContext();

const labels = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 6 });

test("the hash does not depend on the order of the labels", () => {
  fc.assert(
    fc.property(labels, (metadata) => {
      const turned = Object.fromEntries(Object.entries(metadata).toReversed());
      const hash = seriesHash({ name: "x", unit: "ms", metadata });
      expect(seriesHash({ name: "x", unit: "ms", metadata: turned }).equals(hash)).toBe(true);
    }),
  );
});

test("another name, unit, label or type of a label's value is another series", () => {
  const keys: SeriesKey[] = [
    { name: "a", unit: "ms" },
    { name: "b", unit: "ms" },
    { name: "a", unit: "s" },
    { name: "a", unit: "ms", metadata: { x: "1" } },
    { name: "a", unit: "ms", metadata: { x: 1 } },
    { name: "a", unit: "ms", metadata: { x: "1", y: "" } },
    { name: 'a","ms', unit: "" },
  ];
  expect(new Set(keys.map((key) => seriesHash(key).toString("hex"))).size).toBe(keys.length);
});

test("processes that meet the same new series at the same time agree on its number", async () => {
  const keys = Array.from({ length: 50 }, (_, i) => ({ name: "race", unit: "count", metadata: { i } }));
  // One pool a process: the cache belongs to the pool.
  const pools = [createTestPool(), createTestPool(), createTestPool()];
  const answers = await Promise.all(pools.map((pool, i) => resolveSeries(pool, i === 1 ? keys.toReversed() : keys)));
  await Promise.all(pools.map((pool) => pool.end()));
  expect(answers[0]).toEqual(answers[2]);
  expect(answers[1]?.toReversed()).toEqual(answers[0]);
  expect(await context.db.metricSeries.count({ where: { name: "race" } })).toBe(50);
});

function createTestPool(): Pool {
  return new Pool({ connectionString: context.databaseUrl, max: 2 });
}
