import { expect, test } from "vitest";
import { createSlices } from "./slices";

const round = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what takes long is done piece by piece, in its order, and the rest of the process has its turn in between", async () => {
  let now = 0;
  const slices = createSlices({ sliceMs: 10, now: () => now });
  const done: string[] = [];
  const pieces = [4, 4, 4, 25, 1, 1].map(async (ms, n) => {
    await slices.turn();
    now += ms;
    done.push(`piece ${n}`);
  });
  expect(slices.waiting()).toBe(6);
  const others = (async () => {
    for (let n = 0; slices.waiting() > 0; n += 1) {
      await round();
      done.push(`round ${n}`);
    }
  })();
  await Promise.all([...pieces, others]);
  // Three pieces of 4 ms go past 10 ms; one of 25 ms goes past it alone.
  expect(done).toEqual([
    "piece 0",
    "piece 1",
    "piece 2",
    "round 0",
    "piece 3",
    "round 1",
    "piece 4",
    "piece 5",
    "round 2",
  ]);
  expect(slices.waiting()).toBe(0);
});

test("what comes while others wait comes after them", async () => {
  let now = 0;
  const slices = createSlices({ sliceMs: 1, now: () => now });
  const done: number[] = [];
  const piece = async (n: number) => {
    await slices.turn();
    now += 1;
    done.push(n);
  };
  const first = [piece(0), piece(1), piece(2)];
  await round();
  await Promise.all([...first, piece(3)]);
  expect(done).toEqual([0, 1, 2, 3]);
});
