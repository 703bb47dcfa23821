import { expect, test } from "vitest";
import { alertMatchers, fits, matcherText, parseMatcher } from "./matchers";

const labels = { check: "payments", severity: "critical", host: "web-1" };

test.each([
  ["check=payments", true],
  ["check = payments", true],
  ["check!=payments", false],
  ["host=~web-.*", true],
  ["host=~web", false],
  ["host!~db-.*", true],
  ["missing=", true],
  ["missing!=", false],
])("%s fits: %s", (text, expected) => {
  const matcher = parseMatcher(text);
  expect(matcher && fits(labels, [matcher])).toBe(expected);
});

test("all matchers have to fit, and none fits everything", () => {
  expect(
    fits(
      labels,
      alertMatchers.parse([
        { label: "check", op: "=", value: "payments" },
        { label: "host", op: "=", value: "web-2" },
      ]),
    ),
  ).toBe(false);
  expect(fits(labels, [])).toBe(true);
});

test.each(["", "payments", "=payments", "check=~(", "check=~(?=a)b"])("%j is no matcher", (text) => {
  expect(parseMatcher(text)).toBeUndefined();
});

test("a pattern made to run for ever does not", () => {
  const matcher = parseMatcher("host=~(a+)+b");
  expect(matcher && fits({ host: "a".repeat(1_000) }, [matcher])).toBe(false);
});

test("a matcher reads back as it is written", () => {
  const matcher = parseMatcher("host=~web-.*");
  expect(matcher && matcherText(matcher)).toBe("host=~web-.*");
});
