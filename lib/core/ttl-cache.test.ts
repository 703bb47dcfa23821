import fc from "fast-check";
import { expect, test } from "vitest";
import { createTtlCache } from "./ttl-cache";

function make(maxEntries?: number) {
  let time = 0;
  const cache = createTtlCache({ now: () => new Date(time), maxEntries });
  return { cache, advance: (ms: number) => void (time += ms) };
}

test("loads once within the time, again after it", async () => {
  const { cache, advance } = make();
  let loads = 0;
  const get = () => cache.get("a", 1_000, async () => ++loads);
  expect(await get()).toBe(1);
  advance(999);
  expect(await get()).toBe(1);
  advance(1);
  expect(await get()).toBe(2);
});

test("a look without a wait sees what was loaded, within its time", async () => {
  const { cache, advance } = make();
  const load = cache.get("a", 1_000, async () => "loaded");
  expect(cache.peek("a")).toBeUndefined();
  await load;
  expect(cache.peek("a")).toBe("loaded");
  advance(1_000);
  expect(cache.peek("a")).toBeUndefined();
});

test("callers side by side share one load", async () => {
  const { cache } = make();
  let loads = 0;
  const values = await Promise.all(Array.from({ length: 50 }, () => cache.get("a", 1_000, async () => ++loads)));
  expect(new Set(values)).toEqual(new Set([1]));
});

test("a failed load reaches everybody who waits and is not kept", async () => {
  const { cache } = make();
  const fail = () => cache.get("a", 1_000, () => Promise.reject(new Error("away")));
  const both = await Promise.allSettled([fail(), fail()]);
  expect(both.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(await cache.get("a", 1_000, async () => "back")).toBe("back");
});

test("a value past its time is not served when reloading fails", async () => {
  const { cache, advance } = make();
  await cache.get("a", 1_000, async () => "old");
  advance(1_000);
  await expect(cache.get("a", 1_000, () => Promise.reject(new Error("away")))).rejects.toThrow("away");
});

test("what is cleared while it loads is not kept", async () => {
  const { cache } = make();
  let finish: (value: string) => void = () => undefined;
  const before = cache.get("user:1", 1_000, () => new Promise<string>((resolve) => (finish = resolve)));
  cache.clear("user:");
  finish("revoked meanwhile");
  expect(await before).toBe("revoked meanwhile");
  expect(await cache.get("user:1", 1_000, async () => "read after the clear")).toBe("read after the clear");
});

test("clear by prefix leaves the others", async () => {
  const { cache } = make();
  await cache.get("a:1", 1_000, async () => 1);
  await cache.get("b:1", 1_000, async () => 1);
  cache.clear("a:");
  expect(await cache.get("a:1", 1_000, async () => 2)).toBe(2);
  expect(await cache.get("b:1", 1_000, async () => 2)).toBe(1);
});

test("never holds more than its bound, and never serves a value older than asked for", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.nat(12), wait: fc.nat(60), ttl: fc.nat(100) }), { maxLength: 60 }),
      async (steps) => {
        let time = 0;
        const cache = createTtlCache({ now: () => new Date(time), maxEntries: 5 });
        for (const { key, wait, ttl } of steps) {
          time += wait;
          const loadedAt = await cache.get(`k${key}`, 100, async () => time);
          expect(time - loadedAt).toBeLessThan(100);
          expect(cache.size()).toBeLessThanOrEqual(5);
          if (ttl === 0) cache.clear();
        }
      },
    ),
  );
});
