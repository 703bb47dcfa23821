import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SECRET_FIELDS, SECRETS_IN_TEXT } from "@/lib/testing/secrets";
import { normaliseEvent } from "../normalise/normalise-event";
import { DEFAULT_SCRUB, scrubSettings } from "./scrub-settings";
import { scrubberOf } from "./scrubber";
import { FILTERED } from "./scrub-text";

const usual = scrubberOf(DEFAULT_SCRUB);
const scrubber = (settings: object) => scrubberOf(scrubSettings.parse(settings));

test.each(SECRETS_IN_TEXT)("%s is taken out of a text", (_, text, secret) => {
  const scrubbed = usual.text(text);
  expect(scrubbed).toContain(FILTERED);
  expect(scrubbed).not.toContain(secret);
  expect(usual.text(`before ${text}`)).not.toContain(secret);
  // Nothing is left of it to be found in a second look.
  expect(usual.text(scrubbed)).toBe(scrubbed);
});

test.each(SECRET_FIELDS)("what a field %s holds is taken out, of whatever form", (name) => {
  const given = {
    [name]: "v4lue",
    deep: { list: [{ [name]: ["v4lue", { inner: "v4lue" }] }] },
    pairs: [[name, "v4lue"]],
  };
  const text = JSON.stringify(usual.value(given));
  expect(text).not.toContain("v4lue");
  expect(text).toContain(name);
});

test.each([
  "Cannot read properties of undefined (reading 'id')",
  "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
  "order 1234567890123 of customer 42 took 1795780799250 ms",
  "GET https://shop.example.com/cart?item=4111&page=2",
  'relation "sessions" does not exist',
  "connect ECONNREFUSED 127.0.0.1:5432",
  "ada@example.com has no cart",
  "version 10.0.26100.1234 of 2026-11-27T12:00:00.000Z",
  "fc6d8c0c-43fc-4630-ad85-0ee518f1b9d0",
  "at Object.<anonymous> (/srv/app/dist/server.js:10:5)",
  "tokens used: none of the keys",
])("%s stays as it is", (text) => {
  expect(usual.text(text)).toBe(text);
});

test.each([
  ["author", "Ada"],
  ["monkey", "George"],
  ["max_tokens", 512],
  ["token_count", 7],
  ["compass", "north"],
  ["tokenizer", "bpe"],
  ["key", "Enter"],
])("a field %s is no secret", (name, value) => {
  expect(usual.value({ [name]: value })).toEqual({ [name]: value });
});

describe("a line of source", () => {
  const frame = (contextLine: string) => ({ function: "f", inApp: true, contextLine, preContext: [contextLine] });
  const lineOf = (contextLine: string) => Reflect.get(Object(usual.value(frame(contextLine))), "contextLine");
  test("stays readable", () => {
    expect(lineOf("const token = await getToken(request);")).toBe("const token = await getToken(request);");
  });
  test("loses its literals", () => {
    expect(lineOf('password = "hunter2" # for now')).toBe(`password = ${FILTERED} # for now`);
  });
  test.each([
    ['log("login with password=hunter2 failed")', `log("login with password=${FILTERED} failed")`],
    [
      "get('https://x.example.com/?access_token=at-99&page=2')",
      `get('https://x.example.com/?access_token=${FILTERED}&page=2')`,
    ],
    [String.raw`body = "{\"password\": \"hunter2\"}"`, String.raw`body = "{\"password\": ${FILTERED}}"`],
  ])("loses what a literal says of secrets: %s", (line, scrubbed) => {
    expect(lineOf(line)).toBe(scrubbed);
  });
  test.each([
    'log("token=%s", token)',
    "f'token={token}'",
    "`token=${token}`",
    '"password=#{password}"',
    `"password=" + pw`,
  ])("keeps what is filled in later: %s", (line) => {
    expect(lineOf(line)).toBe(line);
  });
});

test("e-mail and IP addresses go where that is wished", () => {
  const text = "ada@example.com from 203.0.113.7, 2001:db8::1 and ::1";
  expect(usual.text(text)).toBe(text);
  expect(scrubber({ emails: true }).text(text)).toBe(`${FILTERED} from 203.0.113.7, 2001:db8::1 and ::1`);
  expect(scrubber({ ipAddresses: true }).text(text)).toBe(
    `ada@example.com from ${FILTERED}, ${FILTERED} and ${FILTERED}`,
  );
  const event = normaliseEvent(
    { user: { id: "1", email: "ada@example.com", ip_address: "203.0.113.7" } },
    { now: new Date() },
  );
  if (!event) throw new Error("no event");
  expect(usual.event(event).data.user).toEqual({ id: "1", email: "ada@example.com", ipAddress: "203.0.113.7" });
  expect(scrubber({ ipAddresses: true, emails: true }).event(event).data.user).toEqual({ id: "1", email: FILTERED });
});

test("more names can be added, others declared safe; off, everything stays", () => {
  const given = { internal_code: "4711", api_key: "abc" };
  expect(scrubber({ keys: ["Internal-Code"], safeKeys: ["apiKey"] }).value(given)).toEqual({
    internal_code: FILTERED,
    api_key: "abc",
  });
  expect(scrubber({ enabled: false }).value(given)).toEqual(given);
});

test("what is given stays as it was; where no secret is in it, it is not even copied", () => {
  const harmless = { a: [1, "two", { three: null }], contextLine: "const x = 1;" };
  expect(usual.value(harmless)).toBe(harmless);
  const given = { first: "kept", password: "hunter2", list: [{ first: "kept" }, "token=abcdef"] };
  const before = structuredClone(given);
  expect(usual.value(given)).toEqual({
    first: "kept",
    password: FILTERED,
    list: [{ first: "kept" }, `token=${FILTERED}`],
  });
  expect(given).toEqual(before);
});

test("a name is judged the same after any number of others", () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, "x"]));
  expect(usual.value({ password: "hunter2", ...many, secret: "x" })).toEqual({
    password: FILTERED,
    ...many,
    secret: FILTERED,
  });
  expect(usual.value({ password: "hunter2", field1: "x" })).toEqual({ password: FILTERED, field1: "x" });
});

test("a card's number as a number is one too", () => {
  expect(usual.value({ n: 4_111_111_111_111_111, m: 4_111_111_111_111_112 })).toEqual({
    n: FILTERED,
    m: 4_111_111_111_111_112,
  });
});

test("no text takes long, whatever it is made of", () => {
  const piece = fc.constantFrom(
    "password",
    "=",
    ":",
    "a",
    "-",
    ".",
    "@",
    "://",
    "1",
    " ",
    '"',
    "eyJ",
    "sk_",
    "\\",
    "4111 ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 200 }), (pieces, times) => {
      const text = pieces.join("").repeat(times).slice(0, 8_192);
      expect(typeof scrubber({ emails: true, ipAddresses: true }).text(text)).toBe("string");
    }),
    { numRuns: 300 },
  );
});
