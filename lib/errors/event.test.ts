import { expect, test } from "vitest";
import { uncaughtBy } from "./event";

const thrown = (mechanism?: { type: string; handled?: boolean }) => ({
  type: "Error",
  value: "",
  frames: [],
  mechanism,
});

test("what nobody caught says so at the exception itself, or at the first of its chain", () => {
  const handler = { type: "addEventListener", handled: false };
  const plain = { type: "generic", handled: true };
  expect(uncaughtBy({ exceptions: [thrown(handler)] })).toEqual(handler);
  expect(uncaughtBy({ exceptions: [thrown(handler), thrown(plain)] })).toEqual(handler);
  expect(uncaughtBy({ exceptions: [thrown(plain), thrown(handler)] })).toEqual(handler);
  expect(uncaughtBy({ exceptions: [thrown(plain), thrown()] })).toBeUndefined();
  expect(uncaughtBy({ exceptions: [] })).toBeUndefined();
});
