import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isStorable } from "@/lib/core/storable";
import { eventData } from "../event";
import { DEFAULT_SCRUB } from "../scrub/scrub-settings";
import { scrubberOf } from "../scrub/scrubber";
import { normaliseEvent } from "./normalise-event";
import { readTime } from "./read-time";

const NOW = new Date("2026-11-27T12:00:00Z");
const ID = "fc6d8c0c43fc4630ad850ee518f1b9d0";

function normalise(payload: unknown, received: { eventId?: string; address?: string } = {}) {
  const event = normaliseEvent(payload, { now: NOW, ...received });
  if (!event) throw new Error("it is no event");
  return event;
}

test("what an SDK of today sends", () => {
  const event = normalise({
    event_id: ID,
    timestamp: 1_795_780_799.25,
    platform: "node",
    level: "error",
    release: "shop@1.2.0",
    environment: "production",
    server_name: "web-1",
    sdk: { name: "sentry.javascript.node", version: "10.0.0", integrations: ["Http"] },
    contexts: { trace: { trace_id: "ABCDEF0123456789ABCDEF0123456789", span_id: "1" }, os: { name: "Linux" } },
    tags: { plan: "pro", answer: 42, on: true, gone: null },
    user: { id: 7, email: "ada@example.com", ip_address: "{{auto}}", plan: "pro" },
    request: {
      url: "https://shop.example.com/cart?item=1&q=a%20b",
      method: "POST",
      headers: { Host: "shop.example.com", Accept: ["a", "b"] },
      cookies: "theme=dark; other=x=y",
      data: '{"quantity":2}',
    },
    breadcrumbs: [{ timestamp: 1_795_780_790, category: "http", message: "GET /", data: { status: 200 } }],
    exception: {
      values: [
        { type: "Error", value: "connect ECONNREFUSED" },
        {
          type: "TypeError",
          value: "no cart",
          mechanism: { type: "onunhandledrejection", handled: false },
          stacktrace: {
            frames: [
              { filename: "node:internal/process/task_queues", function: "processTicks", in_app: false },
              {
                filename: "app/cart.js",
                function: "addItem",
                lineno: 10,
                colno: 5,
                in_app: true,
                context_line: "  x();",
              },
            ],
          },
        },
      ],
    },
  });
  expect(event).toMatchObject({
    id: "fc6d8c0c-43fc-4630-ad85-0ee518f1b9d0",
    occurredAt: new Date("2026-11-27T11:59:59.250Z"),
    level: "error",
    release: "shop@1.2.0",
    environment: "production",
    traceId: "abcdef0123456789abcdef0123456789",
  });
  expect(event.data).toMatchObject({
    platform: "node",
    serverName: "web-1",
    sdk: { name: "sentry.javascript.node", version: "10.0.0" },
    tags: [
      ["plan", "pro"],
      ["answer", "42"],
      ["on", "true"],
    ],
    user: { id: "7", email: "ada@example.com", data: { plan: "pro" } },
    request: {
      url: "https://shop.example.com/cart",
      query: [
        ["item", "1"],
        ["q", "a b"],
      ],
      headers: [
        ["Host", "shop.example.com"],
        ["Accept", "a, b"],
      ],
      cookies: [
        ["theme", "dark"],
        ["other", "x=y"],
      ],
      data: { quantity: 2 },
    },
    breadcrumbs: [{ at: "2026-11-27T11:59:50.000Z", category: "http", message: "GET /", data: { status: 200 } }],
  });
  expect(event.data.exceptions.map(({ type }) => type)).toEqual(["Error", "TypeError"]);
  expect(event.data.exceptions[1]?.frames.map((frame) => frame.function)).toEqual(["processTicks", "addItem"]);
  expect(event.data.exceptions[1]?.frames[1]).toMatchObject({
    line: 10,
    column: 5,
    contextLine: "  x();",
    inApp: true,
  });
});

describe("the shapes that the protocol has had", () => {
  const exception = { type: "ValueError", value: "wrong" };
  test.each([
    ["values", { values: [exception] }],
    ["a list", [exception]],
    ["one alone", exception],
  ])("exceptions as %s", (_, given) => {
    expect(normalise({ exception: given }).data.exceptions).toMatchObject([exception]);
  });

  test.each([
    ["logentry", { logentry: { message: "User %s", params: ["Ada"], formatted: "User Ada" } }, "User Ada", "User %s"],
    ["logentry without the filled text", { logentry: { message: "User %s" } }, "User %s", undefined],
    ["a text", { message: "hello" }, "hello", undefined],
    ["an object", { message: { message: "a %s", formatted: "a b" } }, "a b", "a %s"],
    ["raven's interface", { "sentry.interfaces.Message": { message: "old" } }, "old", undefined],
  ])("a message as %s", (_, given, text, template) => {
    expect(normalise(given).data.message).toEqual({ text, ...(template && { template }) });
  });

  test.each([
    ["an object", { a: "1", b: 2 }],
    ["pairs", [["a", "1"], ["b", 2], ["c"], 7]],
    [
      "key and value",
      [
        { key: "a", value: "1" },
        { key: "b", value: 2 },
      ],
    ],
  ])("tags as %s", (_, tags) => {
    expect(normalise({ tags }).data.tags).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  test("a crash's stack may stand at its thread", () => {
    const { data } = normalise({
      exception: { values: [{ type: "SIGSEGV", value: "crash" }] },
      threads: { values: [{ id: 1 }, { id: 2, crashed: true, stacktrace: { frames: [{ function: "main" }] } }] },
    });
    expect(data.exceptions[0]?.frames).toMatchObject([{ function: "main" }]);
  });
});

test.each([
  ["warn", "warning"],
  ["CRITICAL", "fatal"],
  ["log", "info"],
  ["nonsense", "error"],
  [undefined, "error"],
])("the level %s is %s", (level, stored) => {
  expect(normalise({ level }).level).toBe(stored);
});

test.each([
  [1_795_780_799.25, "2026-11-27T11:59:59.250Z"],
  ["1795780799.25", "2026-11-27T11:59:59.250Z"],
  [1_795_780_799_250, "2026-11-27T11:59:59.250Z"],
  ["2026-11-27T11:59:59.25Z", "2026-11-27T11:59:59.250Z"],
  ["2026-11-27T11:59:59", "2026-11-27T11:59:59.000Z"],
  ["2026-11-27T12:59:59+01:00", "2026-11-27T11:59:59.000Z"],
  ["yesterday", undefined],
  [Number.NaN, undefined],
  [1e300, undefined],
  [-5, undefined],
  [{}, undefined],
])("the time %s is %s", (value, iso) => {
  expect(readTime(value)?.toISOString()).toBe(iso);
});

test("a time ahead is now, and so is none", () => {
  expect(normalise({ timestamp: "2027-01-01T00:00:00Z" }).occurredAt).toEqual(NOW);
  expect(normalise({}).occurredAt).toEqual(NOW);
});

test("the envelope's id wins; one that is none is made up", () => {
  expect(normalise({ event_id: "a".repeat(32) }, { eventId: ID }).id).toBe("fc6d8c0c-43fc-4630-ad85-0ee518f1b9d0");
  expect(normalise({ event_id: "'; DROP TABLE" }).id).toMatch(/^[0-9a-f-]{36}$/);
});

test("the user's address may be told by the connection", () => {
  const user = { ip_address: "{{auto}}" };
  expect(normalise({ user }, { address: "203.0.113.7" }).data.user).toEqual({ ipAddress: "203.0.113.7" });
  expect(normalise({ user }).data.user).toBeUndefined();
});

test.each([
  ["python", { filename: "app/views.py", abs_path: "/srv/app/views.py" }, true],
  ["python", { filename: "django/core.py", abs_path: "/usr/lib/python3.12/site-packages/django/core.py" }, false],
  ["php", { filename: "/srv/vendor/laravel/x.php" }, false],
  ["java", { module: "java.lang.Thread", filename: "Thread.java" }, false],
  ["java", { module: "com.shop.Cart", filename: "Cart.java" }, true],
  ["node", { filename: "node:events" }, false],
  ["node", { filename: "/srv/node_modules/express/lib/router.js" }, false],
  ["node", { filename: "/srv/dist/server.js" }, true],
  ["ruby", { filename: "/usr/local/bundle/gems/rack-3/lib/rack.rb" }, false],
])("without a word of a %s SDK, the frame %o is the program's own: %s", (platform, frame, inApp) => {
  const event = normalise({ platform, exception: [{ type: "E", value: "", stacktrace: { frames: [frame] } }] });
  expect(event.data.exceptions[0]?.frames[0]?.inApp).toBe(inApp);
});

test("a recursion without end keeps its outermost and innermost frames, in order", () => {
  const frames = Array.from({ length: 5_000 }, (_, n) => ({ function: `f${n}` }));
  const kept = normalise({ exception: [{ type: "RangeError", stacktrace: { frames } }] }).data.exceptions[0]?.frames;
  expect(kept).toHaveLength(75);
  expect(kept?.[0]?.function).toBe("f0");
  expect(kept?.at(-1)?.function).toBe("f4999");
});

test("an event that is too large loses what is missed least, and says so", () => {
  const frame = { function: "f", vars: { text: "x".repeat(2_000) }, pre_context: Array(10).fill("y".repeat(1_000)) };
  const { data } = normalise({
    message: "kept",
    extra: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, "z".repeat(8_000)])),
    exception: [{ type: "E", value: "kept", stacktrace: { frames: Array.from({ length: 75 }, () => frame) } }],
  });
  expect(JSON.stringify(data).length).toBeLessThan(260 * 1024);
  expect(data.omitted?.slice(0, 3)).toEqual(["modules", "variables", "extra"]);
  expect(data.exceptions[0]).toMatchObject({ type: "E", value: "kept" });
  expect(data.message).toEqual({ text: "kept" });
});

test("keys that would change a prototype change nothing", () => {
  const payload: unknown = JSON.parse(
    `{"message":"m","__proto__":{"polluted":1},"extra":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":1},
      "contexts":{"__proto__":{"polluted":1}},"tags":{"__proto__":"x","toString":"y"},"user":{"__proto__":{"id":"evil"}}}`,
  );
  const { data } = normalise(payload);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  expect(data.extra).toEqual({ constructor: { prototype: { polluted: 1 } }, a: 1 });
  expect(Object.getPrototypeOf(data.extra)).toBe(Object.prototype);
  expect(data.user?.id).toBeUndefined();
});

test("what writes itself into JSON in a way of its own is taken by its fields, which are looked into", () => {
  const { data } = normalise({
    message: "m",
    extra: { url: new URL("http://ada:hunter2@example.com"), at: new Date(0), own: { toJSON: () => "hunter2", a: 1 } },
  });
  expect(JSON.parse(JSON.stringify(data.extra))).toEqual({ url: {}, at: {}, own: { a: 1 } });
});

test("null characters and halves of surrogate pairs are gone wherever they stood", () => {
  const bad = "a\0b\ud800c";
  const { data } = normalise({ message: bad, tags: { [bad]: bad }, extra: { [bad]: [bad, { [bad]: bad }] } });
  expect(data.message).toEqual({ text: "ab\ufffdc" });
  expect(JSON.stringify(data)).not.toMatch(/\\u0000|\\ud800/);
});

const FORMS =
  "line column inApp frames type value request headers contexts tags user breadcrumbs message sdk extra platform modules".split(
    " ",
  );

test("whatever JSON comes, what is stored is of the form, storable, bounded, and reads back as it was", () => {
  const names = fc.constantFrom(
    ..."exception values stacktrace frames message tags user request contexts breadcrumbs extra timestamp level".split(
      " ",
    ),
    ..."fingerprint data headers query_string cookies vars __proto__".split(" "),
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom(
          "\ud800\0",
          "4111 1111 1111 1111",
          "password=x",
          "a@example.com",
          "10.0.0.1",
          4_111_111_111_111_111,
        ),
      ),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(names, fc.string()), tie("json"), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(json, (payload) => {
      const event = normaliseEvent(payload, { now: NOW });
      if (!event) return;
      const stored: unknown = JSON.parse(JSON.stringify(event.data));
      expect(JSON.parse(JSON.stringify(eventData.parse(stored)))).toEqual(stored);
      // Scrubbed it is still of the form; where a project scrubs what gives a part its form, the part is left out.
      const scrubbed = (keys: string[]): unknown => {
        const settings = { ...DEFAULT_SCRUB, emails: true, ipAddresses: true, keys };
        return JSON.parse(JSON.stringify(scrubberOf(settings).event(event).data));
      };
      expect(JSON.parse(JSON.stringify(eventData.parse(scrubbed([]))))).toEqual(scrubbed([]));
      expect(() => eventData.parse(scrubbed(FORMS))).not.toThrow();
      const texts: string[] = [event.release, event.environment, event.traceId ?? ""];
      JSON.stringify(event.data, (key, value: unknown) => {
        texts.push(key);
        if (typeof value === "string") texts.push(value);
        return value;
      });
      expect(texts.every(isStorable)).toBe(true);
      expect(event.occurredAt.getTime()).toBeLessThanOrEqual(NOW.getTime());
    }),
    { numRuns: 500 },
  );
});

test("JSON a hundred thousand levels deep is cut, not followed", () => {
  const deep = `{"message":"m","extra":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
  const { data } = normalise(JSON.parse(deep));
  expect(JSON.stringify(data).length).toBeLessThan(1_000);
});
