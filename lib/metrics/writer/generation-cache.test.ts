import fc from "fast-check";
import { expect, test } from "vitest";
import { createGenerationCache } from "./generation-cache";

test("it never holds more than it may, and never a wrong value", () => {
  const use = fc.record({ key: fc.integer({ min: 0, max: 30 }).map(String), write: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), fc.array(use, { maxLength: 200 }), (max, uses) => {
      const cache = createGenerationCache<number>(max);
      const last = new Map<string, number>();
      uses.forEach(({ key, write }, i) => {
        if (write) {
          cache.set(key, i);
          last.set(key, i);
        } else expect([undefined, last.get(key)]).toContain(cache.get(key));
        expect(cache.size).toBeLessThanOrEqual(max);
      });
    }),
  );
});

test("what is used all the time is never forgotten, what is not is", () => {
  const cache = createGenerationCache<number>(10);
  cache.set("used", 1);
  cache.set("unused", 2);
  for (let i = 0; i < 100; i += 1) {
    cache.set(`passing ${i}`, i);
    expect(cache.get("used")).toBe(1);
  }
  expect(cache.get("unused")).toBeUndefined();
});
