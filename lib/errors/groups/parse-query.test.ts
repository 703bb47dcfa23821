import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery } from "./parse-query";

const shown = (query: string) =>
  parseQuery(query).terms.map(
    ({ kind, name, value, not }) => `${not ? "!" : ""}${kind}(${[name, value].filter(Boolean).join("=")})`,
  );

test.each([
  [
    "is:unresolved level:error release:1.2 user.email:x some words",
    ["is(unresolved)", "level(error)", "release(release=1.2)", "user(email=x)", "words(some)", "words(words)"],
  ],
  ['"two words" transaction:"GET /a b"', ["words(two words)", "tag(transaction=GET /a b)"]],
  ["!level:warning !timeout", ["!level(warning)", "!words(timeout)"]],
  ["IS:Resolved", ["is(resolved)"]],
  ["events:>100 users:5", ["count(events=>100)", "count(users=5)"]],
  ["https://x.example.com/a TypeError: b", ["words(https://x.example.com/a)", "words(TypeError:)", "words(b)"]],
  ["has:user assigned:me project:Shop", ["has(user)", "assigned(me)", "project(Shop)"]],
  ['say \\"x"', ["words(say)", 'words(\\"x")']],
  ["", []],
  ["   ", []],
])("%s", (query, terms) => {
  expect(shown(query)).toEqual(terms);
  expect(parseQuery(query).faults).toEqual([]);
});

test.each([
  ["words is:broken", 6, 9, "must be one of is:open"],
  ["level:loud", 0, 10, "must be one of level:debug"],
  ["user.shoe:42 ok", 0, 12, "must be one of user.id"],
  ["events:many", 0, 11, "must be a number"],
  ['a "never closed', 2, 13, "a quote is not closed"],
  ["a ".repeat(21), 0, 42, "has more than 20 terms"],
])("%s is told at its place", (query, at, length, message) => {
  const [fault] = parseQuery(query).faults;
  expect(fault).toMatchObject({ at, length, message: expect.stringContaining(message) });
});

test("any text is read, and every fault lies within it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (query) => {
      const { terms, faults } = parseQuery(query);
      for (const { at, length } of faults) expect(at + length).toBeLessThanOrEqual(query.length);
      if (query.trim() !== "") expect(terms.length + faults.length).toBeGreaterThan(0);
    }),
  );
});
