import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EnvelopeFault, readEnvelopeHeaders, readItems } from "./parse-envelope";
import { keyOfDsn, keyOfRequest } from "./sentry-auth";

function parse(text: string | Buffer) {
  const bytes = Buffer.from(text);
  const { next, ...headers } = readEnvelopeHeaders(bytes);
  const items: { type: string; payload: string }[] = [];
  let fault: string | undefined;
  try {
    for (const { type, payload } of readItems(bytes, next)) items.push({ type, payload: payload.toString("utf8") });
  } catch (error) {
    if (!(error instanceof EnvelopeFault)) throw error;
    fault = error.message;
  }
  return { headers, items, fault };
}

describe("the examples of the protocol's own description", () => {
  test.each([
    ["without items", '{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}', []],
    ["without items, with a newline at the end", '{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}\n', []],
    [
      "two items with lengths, a newline within a payload",
      '{"event_id":"a"}\n{"type":"attachment","length":10,"filename":"hello.txt"}\nHello\r\n\r\n!\n{"type":"event","length":41,"filename":"b"}\n{"message":"hello world","level":"error"}\n',
      [
        { type: "attachment", payload: "Hello\r\n\r\n!" },
        { type: "event", payload: '{"message":"hello world","level":"error"}' },
      ],
    ],
    [
      "a payload without a length, at the end",
      '{}\n{"type":"session"}\n{"started":"2020-02-07T14:16:00Z"}',
      [{ type: "session", payload: '{"started":"2020-02-07T14:16:00Z"}' }],
    ],
    ["an empty payload with a length", '{}\n{"type":"attachment","length":0}\n', [{ type: "attachment", payload: "" }]],
    ["an empty payload without one", '{}\n{"type":"attachment"}', [{ type: "attachment", payload: "" }]],
    [
      "an empty payload with a length in the middle",
      '{}\n{"type":"attachment","length":0}\n\n{"type":"event"}\n{}\n',
      [
        { type: "attachment", payload: "" },
        { type: "event", payload: "{}" },
      ],
    ],
  ])("%s", (_, text, items) => {
    expect(parse(text)).toMatchObject({ items, fault: undefined });
  });
});

test("a length counts bytes, not characters", () => {
  const payload = '{"message":"Größe 🦔"}';
  const length = Buffer.byteLength(payload);
  expect(parse(`{}\n{"type":"event","length":${length}}\n${payload}\n`).items).toEqual([{ type: "event", payload }]);
  expect(parse(`{}\n{"type":"event","length":${payload.length}}\n${payload}\n`).fault).toContain("goes on after");
});

test.each([
  ["nothing", ""],
  ["no JSON", "hello"],
  ["a list", "[]"],
  ["headers without an end", `{"a":"${"x".repeat(40_000)}"}`],
])("what begins with %s is no envelope", (_, text) => {
  expect(() => parse(text)).toThrow(EnvelopeFault);
});

test.each([
  ["an item without a type", '{"length":2}\n{}', "need a type"],
  ["a length that is no number", '{"type":"event","length":"2"}\n{}', "need a type"],
  ["a negative length", '{"type":"event","length":-1}\n{}', "need a type"],
  ["more announced than there is", '{"type":"event","length":99}\n{}', "announces 99 bytes where 3 are left"],
  ["less announced than there is", '{"type":"event","length":1}\n{}', "goes on after the 1 bytes"],
  ["headers that are no JSON", "what\n{}", "headers of item 2 are no JSON"],
])("%s costs itself and what comes after it, not what came before", (_, broken, fault) => {
  const parsed = parse(`{}\n{"type":"event"}\n{"good":1}\n${broken}\n`);
  expect(parsed.items).toEqual([{ type: "event", payload: '{"good":1}' }]);
  expect(parsed.fault).toContain(fault);
});

test("whatever the items are, they come out as they went in", () => {
  const item = fc.record({
    type: fc.string(),
    payload: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    hasLength: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), fc.boolean(), (items, endsInNewline) => {
      // Without a length a payload ends at a newline.
      const wanted = items.map(({ type, payload, hasLength }) => ({
        type,
        hasLength,
        payload: hasLength ? payload : Buffer.from(payload.filter((byte) => byte !== 0x0a)),
      }));
      const bytes = Buffer.concat([
        Buffer.from("{}"),
        ...wanted.flatMap(({ type, payload, hasLength }) => [
          Buffer.from(`\n${JSON.stringify({ type, ...(hasLength && { length: payload.length }) })}\n`),
          payload,
        ]),
        Buffer.from(endsInNewline ? "\n" : ""),
      ]);
      const read = [...readItems(bytes, readEnvelopeHeaders(bytes).next)];
      expect(read.map(({ type, payload }) => ({ type, payload: payload.toString("hex") }))).toEqual(
        wanted.map(({ type, payload }) => ({ type, payload: payload.toString("hex") })),
      );
    }),
  );
});

test("any bytes are an envelope or an EnvelopeFault, never another error", () => {
  const pieces = fc.oneof(
    fc.constantFrom("{}", "\n", '{"type":"event"}', '{"type":"event","length":2}', "\0", "\xff", '{"length":'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const bytes = Buffer.from(parts.join(""), "latin1");
      try {
        for (const { payload } of readItems(bytes, readEnvelopeHeaders(bytes).next))
          expect(payload.length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(EnvelopeFault);
      }
    }),
  );
});

describe("the key", () => {
  const header = (headers: Record<string, string>) => (name: string) => headers[name] ?? null;
  test.each([
    ["of the address", "sentry_key=abc&sentry_version=7", {}],
    [
      "of X-Sentry-Auth",
      "",
      { "x-sentry-auth": "Sentry sentry_version=7, sentry_client=raven-js/3.0, sentry_key=abc" },
    ],
    ["with its secret", "", { "x-sentry-auth": "Sentry sentry_key=abc,sentry_secret=def,sentry_version=7" }],
    ["in another order and case", "", { "x-sentry-auth": "sentry sentry_secret=def, sentry_key=abc" }],
    ["of Authorization", "", { authorization: "Sentry sentry_version=7, sentry_key=abc" }],
  ])("%s", (_, query, headers) => {
    expect(keyOfRequest({ query: new URLSearchParams(query), header: header(headers) })).toBe("abc");
  });

  test.each([
    ["nothing", {}],
    ["a bearer's token", { authorization: "Bearer abc" }],
    ["no key in it", { "x-sentry-auth": "Sentry sentry_version=7" }],
  ])("%s has none", (_, headers) => {
    expect(keyOfRequest({ query: new URLSearchParams(), header: header(headers) })).toBeUndefined();
  });

  test.each([
    ["https://abc@errors.example.com/7", { key: "abc", projectId: "7" }],
    ["http://abc:secret@127.0.0.1:3000/a/path/12", { key: "abc", projectId: "12" }],
    ["https://errors.example.com/7", undefined],
    ["https://abc@errors.example.com/", undefined],
    ["nothing", undefined],
  ])("of the DSN %s", (dsn, key) => {
    expect(keyOfDsn(dsn)).toEqual(key);
  });
});
