import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, toPage } from "./cursor";

const keys = z.tuple([z.string(), z.int()]);

test("a cursor gives its keys back", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), (text, number) => {
      expect(decodeCursor(keys, encodeCursor([text, number]))).toEqual([text, number]);
    }),
  );
});

test("what is no cursor of the list is refused, whatever it is", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(keys, text)).toThrowError(expect.objectContaining({ kind: "invalid" }));
    }),
  );
});

test.each([
  [[1, 2, 3], 2, [1, 2], true],
  [[1, 2], 2, [1, 2], false],
  [[], 2, [], false],
])("rows %j with the limit %i are the page %j (more: %s)", (rows, limit, items, more) => {
  const page = toPage(rows, limit, (row) => [row]);
  expect(page.items).toEqual(items);
  expect(page.next !== null).toBe(more);
});
