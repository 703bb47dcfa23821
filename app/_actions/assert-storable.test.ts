import { expect, test } from "vitest";
import { assertStorable } from "./assert-storable";

test("what PostgreSQL holds goes through, whatever it is", () => {
  expect(() => assertStorable({ title: "Zürich 🚒\n\ttabs", empty: "" })).not.toThrow();
});

test.each(["a\0b", "half \ud83d", "\ude92 other half"])("%j is refused at its field, and only there", (text) => {
  expect(() => assertStorable({ title: "fine", message: text })).toThrow(
    expect.objectContaining({ kind: "invalid", issues: [expect.objectContaining({ path: "message" })] }),
  );
});

test("an input's name that can't be stored belongs to no field", () => {
  expect(() => assertStorable({ "config.a\0": "x" })).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ path: "" })] }),
  );
});
