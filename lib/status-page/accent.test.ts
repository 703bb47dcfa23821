import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, readableOn } from "./accent";

test("contrast is WCAG's", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#2563eb", "#2563eb")).toBe(1);
});

test("a colour that can be read stays as it is", () => {
  expect(readableOn("#0f766e", "#fafafa")).toBe("#0f766e");
});

test("whatever accent is chosen, its text can be read on light and on dark", () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(hex, fc.constantFrom("#fafafa", "#ffffff", "#0c0d0f", "#141518"), (accent, ground) => {
      expect(contrast(readableOn(accent, ground), ground)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 1_000 },
  );
});
