import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { whyNoPattern } from "./pattern";

const context = await createTestContext();
const fits = async (pattern: string, text: string) =>
  (await context.sql.query<{ fits: boolean }>("SELECT $1 ~ ('^(?:' || $2 || ')$') AS fits", [text, pattern])).rows[0]
    ?.fits;

test.each([
  ["web-.*", "web-1", "db-1"],
  ["web|db", "db", "web-db"],
  ["[^]a]x", "bx", "ax"],
  ["[[:digit:]]+", "42", "4x"],
  [String.raw`\[(a)1\]`, "[a1]", "a1"],
  [String.raw`a\\1`, String.raw`a\1`, "aa"],
  ["(?:a|b){2,3}", "aba", "a"],
  [String.raw`\d+\.\d+`, "1.5", "15"],
  ["[(?=]", "(", "a"],
  ["", "", "a"],
])("%s is a pattern, fits %s and not %s", async (pattern, yes, no) => {
  expect(whyNoPattern(pattern)).toBeUndefined();
  expect([await fits(pattern, yes), await fits(pattern, no)]).toEqual([true, false]);
});

test.each([
  [String.raw`(a)\1`, /refer back/],
  [String.raw`\[(a)\1]`, /refer back/],
  [String.raw`[[.].]](a)\1`, /refer back/],
  ["(?=a)", /look around/],
  ["(?<!a)b", /look around/],
  ["(?i)a", /options/],
  ["((a{200}){200}){200}", /1000 times/],
  ["(a{2000}|b)", /1000 times/],
  ["a".repeat(301), /300 characters/],
  ["(", /no regular expression/],
  ["[a", /no regular expression/],
  ["*", /no regular expression/],
])("%s is refused", (pattern, message) => {
  expect(whyNoPattern(pattern)).toMatch(message);
});

test("what ruins other engines takes no time", async () => {
  const start = performance.now();
  for (const pattern of ["(a+)+b", "(a|aa)+b", "(a*)*b", "((a{10}){10}){10}", "(.*a){12}"]) {
    expect(whyNoPattern(pattern)).toBeUndefined();
    expect(await fits(pattern, `${"a".repeat(990)}!`)).toBe(false);
  }
  expect(performance.now() - start).toBeLessThan(3_000);
});
