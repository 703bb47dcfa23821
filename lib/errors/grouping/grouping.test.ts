import { describe, expect, test } from "vitest";
import type { EventData } from "../event";
import { normaliseEvent } from "../normalise/normalise-event";
import { type Algorithm, ALGORITHMS, groupKeys } from "./algorithm";
import { normaliseMessage } from "./normalise-message";
import { titleOf } from "./title";

const NOW = new Date("2026-11-27T12:00:00Z");

function event(payload: object): EventData {
  const read = normaliseEvent(payload, { now: NOW });
  if (!read) throw new Error("it is no event");
  return read.data;
}

/** A frame in one line: `app/cart.js:10 addItem`; one of a library begins with `~`, a module stands before `|`. */
function frameOf(line: string) {
  const [, library, module, filename, lineno, name] =
    /^(~?)(?:([^|]*)\|)?(\S*?)(?::(\d+))?(?: (.*))?$/.exec(line) ?? [];
  return { in_app: !library, module, filename, lineno: lineno && Number(lineno), function: name };
}

const one = (platform: string, type: string, value: string, ...frames: string[]) =>
  event({ platform, exception: { values: [{ type, value, stacktrace: { frames: frames.map(frameOf) } }] } });

const chain = (platform: string, ...values: [type: string, value: string, ...frames: string[]][]) =>
  event({
    platform,
    exception: {
      values: values.map(([type, value, ...frames]) => ({ type, value, stacktrace: { frames: frames.map(frameOf) } })),
    },
  });

/** What a person would call the error, and an occurrence of it. */
const EXCEPTIONS: readonly (readonly [error: string, event: EventData])[] = [
  // Node: another line, another machine, another release.
  [
    "node: no cart",
    one(
      "node",
      "TypeError",
      "Cannot read properties of undefined (reading 'id')",
      "~node:internal/process:95 processTicks",
      "/srv/releases/20261101120000/dist/server.js:10 handle",
      "/srv/releases/20261101120000/dist/cart.js:33 addItem",
    ),
  ],
  [
    "node: no cart",
    one(
      "node",
      "TypeError",
      "Cannot read properties of undefined (reading 'id')",
      "~node:internal/process:105 processTicks",
      "/srv/releases/20261124093000/dist/server.js:14 async handle",
      "/srv/releases/20261124093000/dist/cart.js:41 addItem",
    ),
  ],
  [
    "node: no cart",
    one(
      "node",
      "TypeError",
      "Cannot read properties of undefined (reading 'id')",
      "/home/ada/shop/dist/server.js:14 Object.handle",
      "/home/ada/shop/dist/cart.js:41 addItem",
    ),
  ],
  [
    "node: no cart, removing",
    one(
      "node",
      "TypeError",
      "Cannot read properties of undefined (reading 'id')",
      "/srv/shop/dist/server.js:10 handle",
      "/srv/shop/dist/cart.js:80 removeItem",
    ),
  ],
  [
    "node: database away",
    one(
      "node",
      "Error",
      "connect ECONNREFUSED 10.0.0.12:5432",
      "~node:net:1555 TCPConnectWrap.afterConnect [as oncomplete]",
    ),
  ],
  [
    "node: database away",
    one(
      "node",
      "Error",
      "connect ECONNREFUSED 10.0.0.13:5433",
      "~node:net:1607 TCPConnectWrap.afterConnect [as oncomplete]",
    ),
  ],
  [
    "node: socket hang up",
    one("node", "Error", "socket hang up", "~node:_http_client:512 Socket.socketOnEnd", "~node:events:524 Socket.emit"),
  ],
  [
    "node: wrapped timeout",
    chain(
      "node",
      ["TimeoutError", "after 3000 ms", "src/http.ts:20 get"],
      ["OrderError", "order 4711 failed", "src/orders.ts:8 place"],
    ),
  ],
  [
    "node: wrapped timeout",
    chain(
      "node",
      ["TimeoutError", "after 5000 ms", "src/http.ts:24 get"],
      ["OrderError", "order 4712 failed", "src/orders.ts:9 place"],
    ),
  ],
  [
    "node: wrapped refusal",
    chain(
      "node",
      ["RefusedError", "403", "src/http.ts:30 get"],
      ["OrderError", "order 4711 failed", "src/orders.ts:8 place"],
    ),
  ],
  [
    "node: too deep",
    one(
      "node",
      "RangeError",
      "Maximum call stack size exceeded",
      "src/tree.js:1 main",
      ...Array<string>(30).fill("src/tree.js:9 walk"),
    ),
  ],
  [
    "node: too deep",
    one(
      "node",
      "RangeError",
      "Maximum call stack size exceeded",
      "src/tree.js:1 main",
      ...Array<string>(55).fill("src/tree.js:9 walk"),
    ),
  ],
  ["node: step 1", one("node", "Error", "failed", "src/setup.js:3 step1")],
  ["node: step 2", one("node", "Error", "failed", "src/setup.js:8 step2")],
  // The browser: hashed bundles, minified names, other hosts.
  [
    "browser: no total",
    one(
      "javascript",
      "TypeError",
      "t.total is undefined",
      "https://cdn.example.com/assets/index-B5xQ2k1a.js:1 Xe",
      "https://cdn.example.com/assets/checkout-9fKq02Lm.js:1 renderTotal",
    ),
  ],
  [
    "browser: no total",
    one(
      "javascript",
      "TypeError",
      "e.total is undefined",
      "https://cdn.example.com/assets/index-C71mPz0Q.js:1 qt",
      "https://cdn.example.com/assets/checkout-Za81kd3w.js:1 renderTotal",
    ),
  ],
  [
    "browser: no total",
    one(
      "javascript",
      "TypeError",
      "e.total is undefined",
      "https://staging.example.com/assets/index-C71mPz0Q.js?v=3:1 qt",
      "https://staging.example.com/assets/checkout-Za81kd3w.js:1 renderTotal",
    ),
  ],
  [
    "browser: chunk",
    one("javascript", "ChunkLoadError", "Loading chunk 417 failed. (error: https://cdn.example.com/417.3f2a9c1b77.js)"),
  ],
  [
    "browser: chunk",
    one("javascript", "ChunkLoadError", "Loading chunk 12 failed. (error: https://cdn.example.com/12.77aa9c1b00.js)"),
  ],
  ["browser: fetch", one("javascript", "TypeError", "Failed to fetch")],
  ["browser: click", one("javascript", "TypeError", "x is not a function", "webpack:///./src/menu.tsx:40 onClick")],
  [
    "browser: click",
    one("javascript", "TypeError", "x is not a function", "webpack-internal:///./src/menu.tsx:44 onClick"),
  ],
  ["browser: resize", one("javascript", "Error", "ResizeObserver loop completed with undelivered notifications.")],
  // Python.
  [
    "python: missing key",
    one(
      "python",
      "KeyError",
      "'user_17'",
      "~django.core.handlers|django/core/handlers/base.py:197 _get_response",
      "shop.views|shop/views.py:88 profile",
    ),
  ],
  [
    "python: missing key",
    one(
      "python",
      "KeyError",
      "'user_18'",
      "~django.core.handlers|django/core/handlers/base.py:181 _get_response",
      "shop.views|shop/views.py:91 profile",
    ),
  ],
  [
    "python: does not exist",
    one(
      "python",
      "DoesNotExist",
      "Order matching query does not exist.",
      "~django.db|django/db/query.py:1 get",
      "shop.orders|shop/orders.py:12 find",
    ),
  ],
  [
    "python: lock",
    one(
      "python",
      "OperationalError",
      "deadlock detected\nDETAIL:  Process 4711 waits for ShareLock on transaction 99; blocked by process 4712.",
    ),
  ],
  [
    "python: lock",
    one(
      "python",
      "OperationalError",
      "deadlock detected\nDETAIL:  Process 1 waits for ShareLock on transaction 23123; blocked by process 2.",
    ),
  ],
  ["python: other sql", one("python", "OperationalError", "server closed the connection unexpectedly")],
  [
    "python: lambda",
    one(
      "python",
      "ZeroDivisionError",
      "division by zero",
      "shop.report|shop/report.py:5 build",
      "shop.report|shop/report.py:9 <lambda>",
    ),
  ],
  // PHP.
  [
    "php: null",
    one(
      "php",
      "Error",
      "Call to a member function getName() on null",
      "~/var/www/vendor/laravel/framework/src/Pipeline.php:183 Illuminate\\Pipeline\\Pipeline::then",
      "/var/www/app/Http/UserController.php:30 App\\Http\\UserController::show",
    ),
  ],
  [
    "php: null",
    one(
      "php",
      "Error",
      "Call to a member function getName() on null",
      "~/var/www/vendor/laravel/framework/src/Pipeline.php:190 Illuminate\\Pipeline\\Pipeline::then",
      "/app/current/app/Http/UserController.php:33 App\\Http\\UserController::show",
    ),
  ],
  [
    "php: closure",
    one("php", "RuntimeException", "no session", "/var/www/routes/web.php:12 {closure:/var/www/routes/web.php:12}"),
  ],
  [
    "php: closure",
    one("php", "RuntimeException", "no session", "/var/www/routes/web.php:19 {closure:/var/www/routes/web.php:19}"),
  ],
  [
    "php: memory",
    one("php", "FatalError", "Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)"),
  ],
  [
    "php: memory",
    one("php", "FatalError", "Allowed memory size of 268435456 bytes exhausted (tried to allocate 4096 bytes)"),
  ],
  // Java.
  [
    "java: null",
    one(
      "java",
      "NullPointerException",
      'Cannot invoke "Cart.getId()" because "cart" is null',
      "~org.springframework.web.Dispatcher|Dispatcher.java:9 doDispatch",
      "com.shop.CartService$$EnhancerBySpringCGLIB$$1a2b3c4d|CartService.java:20 add",
      "com.shop.CartService|CartService.java:55 find",
    ),
  ],
  [
    "java: null",
    one(
      "java",
      "NullPointerException",
      'Cannot invoke "Cart.getId()" because "cart" is null',
      "~org.springframework.web.Dispatcher|Dispatcher.java:11 doDispatch",
      "com.shop.CartService$$EnhancerBySpringCGLIB$$99ffee00|CartService.java:21 add",
      "com.shop.CartService|CartService.java:57 find",
    ),
  ],
  [
    "java: lambda",
    one("java", "IllegalStateException", "stream closed", "com.shop.Export|Export.java:12 lambda$write$3"),
  ],
  [
    "java: lambda",
    one("java", "IllegalStateException", "stream closed", "com.shop.Export|Export.java:14 lambda$write$4"),
  ],
  [
    "java: sql cause",
    chain(
      "java",
      ["SQLException", "ORA-00001: unique constraint (SHOP.PK) violated", "com.shop.Db|Db.java:7 insert"],
      ["SaveException", "cannot save", "com.shop.Orders|Orders.java:3 save"],
    ),
  ],
  [
    "java: pool",
    one(
      "java",
      "SQLTransientConnectionException",
      "HikariPool-1 - Connection is not available, request timed out after 30000ms.",
    ),
  ],
  [
    "java: pool",
    one(
      "java",
      "SQLTransientConnectionException",
      "HikariPool-2 - Connection is not available, request timed out after 30012ms.",
    ),
  ],
  // Go and Ruby.
  [
    "go: nil map",
    one(
      "go",
      "runtime.plainError",
      "assignment to entry in nil map",
      "~net/http|server.go:2136 HandlerFunc.ServeHTTP",
      "shop/api|api.go:44 handler.func1",
    ),
  ],
  [
    "go: nil map",
    one(
      "go",
      "runtime.plainError",
      "assignment to entry in nil map",
      "~net/http|server.go:2220 HandlerFunc.ServeHTTP",
      "shop/api|api.go:49 handler.func2",
    ),
  ],
  [
    "ruby: nil",
    one(
      "ruby",
      "NoMethodError",
      "undefined method `name' for nil",
      "app/models/cart.rb:12 block in total",
      "app/models/item.rb:3 price",
    ),
  ],
  [
    "ruby: nil",
    one(
      "ruby",
      "NoMethodError",
      "undefined method `name' for nil",
      "app/models/cart.rb:18 block (2 levels) in total",
      "app/models/item.rb:4 price",
    ),
  ],
  // Messages.
  ["message: slow", event({ message: "Request to https://api.example.com/a/1 took 5123 ms" })],
  ["message: slow", event({ message: "Request to https://api.example.com/b took 812 ms" })],
  [
    "message: user",
    event({ logentry: { message: "User %s is locked", params: ["ada"], formatted: "User ada is locked" } }),
  ],
  [
    "message: user",
    event({ logentry: { message: "User %s is locked", params: ["bob"], formatted: "User bob is locked" } }),
  ],
  ["message: disk", event({ message: "Disk is full" })],
];

test("50 exceptions of 7 languages fall into the groups that a person would make of them", () => {
  const keyOf = (data: EventData) => groupKeys(data)[0]?.key.toString("hex");
  const byError = new Map<string, Set<string | undefined>>();
  const byKey = new Map<string | undefined, Set<string>>();
  for (const [error, data] of EXCEPTIONS) {
    byError.set(error, (byError.get(error) ?? new Set()).add(keyOf(data)));
    byKey.set(keyOf(data), (byKey.get(keyOf(data)) ?? new Set()).add(error));
  }
  expect(EXCEPTIONS.length).toBeGreaterThanOrEqual(50);
  expect(
    [...byError].filter(([, keys]) => keys.size > 1).map(([error]) => error),
    "torn apart",
  ).toEqual([]);
  expect(
    [...byKey.values()].filter((errors) => errors.size > 1).map((errors) => [...errors]),
    "thrown together",
  ).toEqual([]);
});

describe("the sender's fingerprint", () => {
  const stack = (line: string) => one("node", "Error", "x", line);
  const withPrint = (data: EventData, ...fingerprint: string[]): EventData => ({ ...data, fingerprint });
  const keyOf = (data: EventData) => groupKeys(data)[0]?.key.toString("hex");

  test("wins over stack and message", () => {
    expect(keyOf(withPrint(stack("a.js:1 a"), "payments", "down"))).toBe(
      keyOf(withPrint(stack("b.js:1 b"), "payments", "down")),
    );
    expect(keyOf(withPrint(stack("a.js:1 a"), "payments"))).not.toBe(
      keyOf(withPrint(stack("a.js:1 a"), "pay", "ments")),
    );
  });

  test("{{ default }} stands for what there would be without one", () => {
    expect(keyOf(withPrint(stack("a.js:1 a"), "{{ default }}"))).toBe(keyOf(stack("a.js:9 a")));
    expect(keyOf(withPrint(stack("a.js:1 a"), "{{default}}", "EU"))).toBe(
      keyOf(withPrint(stack("a.js:2 a"), "{{ default }}", "EU")),
    );
    expect(keyOf(withPrint(stack("a.js:1 a"), "{{ default }}", "EU"))).not.toBe(
      keyOf(withPrint(stack("b.js:1 b"), "{{ default }}", "EU")),
    );
    expect(keyOf(withPrint(stack("a.js:1 a"), "{{ default }}", "EU"))).not.toBe(
      keyOf(withPrint(stack("a.js:1 a"), "{{ default }}", "US")),
    );
  });
});

test("a newer algorithm's key comes first, the older one's is the same as before", () => {
  const next: Algorithm = { version: 2, partsOf: ({ exceptions }) => [exceptions[0]?.type ?? ""] };
  const data = one("node", "Error", "x", "a.js:1 a");
  expect(groupKeys(data, [next, ...ALGORITHMS])).toEqual([{ version: 2, key: expect.any(Buffer) }, ...groupKeys(data)]);
});

/** A change of what version 1 says would make every error new: make a version 2 of it. */
test("version 1 says what it always said", () => {
  const parts = ALGORITHMS.find(({ version }) => version === 1)?.partsOf(EXCEPTIONS[7]?.[1] ?? event({}));
  expect(parts).toEqual(["stack", "OrderError", "src/orders.ts place", "TimeoutError src/http.ts get"]);
});

test.each([
  ["User 42 not found", "User <number> not found"],
  ["took 12.5 ms at 2026-11-27T12:00:00.123Z", "took <duration> at <date>"],
  ["id fc6d8c0c-43fc-4630-ad85-0ee518f1b9d0 of ada@example.com", "id <uuid> of <email>"],
  ["refused by 10.0.0.1:5432 and [2001:db8::1]:80", "refused by <ip> and [<ip>]:<number>"],
  ["object 0x7ffee3 of deadbeef99", "object <hex> of <hex>"],
  ["no such column 'total' in 'order 17'", "no such column 'total' in <text>"],
  ["GET https://x.example.com/a?b=1 gave 503", "GET <url> gave <number>"],
  ["first\n\nsecond\nthird", "first\nsecond"],
])("%s → %s", (message, normal) => {
  expect(normaliseMessage(message)).toBe(normal);
});

test("a group is named by its latest exception and the program's own frame", () => {
  expect(titleOf(EXCEPTIONS[0]?.[1] ?? event({}))).toEqual({
    type: "TypeError",
    value: "Cannot read properties of undefined (reading 'id')",
    culprit: "/srv/releases/20261101120000/dist/cart.js in addItem",
  });
  expect(titleOf(event({ message: "Disk is full", transaction: "GET /" }))).toEqual({
    type: "",
    value: "Disk is full",
    culprit: "GET /",
  });
});
