import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createGate } from "./gate";

test("no more than the limit run side by side, in the order they came", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(3), { maxLength: 30 }), async (limit, lengths) => {
      const gate = createGate({ limit, longestMs: 10_000 });
      let inside = 0;
      let most = 0;
      const order: number[] = [];
      await Promise.all(
        lengths.map(async (length, index) => {
          const leave = await gate.enter();
          order.push(index);
          most = Math.max(most, (inside += 1));
          for (let turn = 0; turn < length; turn += 1) await Promise.resolve();
          inside -= 1;
          leave();
        }),
      );
      expect(most).toBeLessThanOrEqual(limit);
      expect(order).toEqual(lengths.map((_, index) => index));
    }),
  );
});

test("leaving twice lets one in", async () => {
  const gate = createGate({ limit: 1, longestMs: 10_000 });
  const leave = await gate.enter();
  const second = gate.enter();
  let third = false;
  void gate.enter().then(() => (third = true));
  leave();
  leave();
  await second;
  await sleep(5);
  expect(third).toBe(false);
});

test("who stays too long no longer keeps others out", async () => {
  const gate = createGate({ limit: 1, longestMs: 20 });
  await gate.enter();
  await expect(gate.enter()).resolves.toBeTypeOf("function");
});
