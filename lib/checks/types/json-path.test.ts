import { expect, test } from "vitest";
import { equalsText, valueAt } from "./json-path";

const answer = { status: "ok", checks: [{ name: "db", up: true }], "a-b": { c: null }, deep: { 0: "zero" } };

test.each([
  ["status", "ok"],
  ["$.status", "ok"],
  ["$", answer],
  ["checks[0].name", "db"],
  ["checks.0.up", true],
  ["['a-b'].c", null],
  ['deep["0"]', "zero"],
  ["checks[1].name", undefined],
  ["status.length", undefined],
  ["constructor", undefined],
  ["__proto__", undefined],
])("%s leads to %j", (path, value) => {
  expect(valueAt(answer, path)).toEqual(value);
});

test.each([
  ["ok", "ok", true],
  [true, "true", true],
  ["true", "true", true],
  [3, "3", true],
  [3, "3.0", true],
  [null, "null", true],
  [{ a: 1 }, '{ "a": 1 }', true],
  [undefined, "undefined", false],
  ["ok", "OK", false],
  [3, "three", false],
])("%j compared with what was typed, %s: %s", (value, text, same) => {
  expect(equalsText(value, text)).toBe(same);
});
