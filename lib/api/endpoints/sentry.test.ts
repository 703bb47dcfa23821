import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { revokeKey } from "@/lib/errors/projects/project-keys";
import { isFullOfErrors } from "@/lib/errors/receive/intake";
import { startApi } from "@/lib/testing/api-server";
import { keyOf, makeProject, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
const api = await startApi(context);
const project = await makeProject(context);
const key = keyOf(project);
const other = await makeProject(context);

const newId = () => randomUUID().replaceAll("-", "");
const withDashes = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** An envelope of items, each with its length unless it says otherwise. */
function envelope(headers: object, ...items: [headers: object, payload: string | Buffer][]): Buffer {
  return Buffer.concat([
    Buffer.from(JSON.stringify(headers)),
    ...items.flatMap(([own, payload]) => {
      const bytes = Buffer.from(payload);
      return [Buffer.from(`\n${JSON.stringify({ length: bytes.length, ...own })}\n`), bytes];
    }),
    Buffer.from("\n"),
  ]);
}

const eventEnvelope = (id: string, more: object = {}) =>
  envelope({ event_id: id }, [{ type: "event" }, JSON.stringify(thrown("addItem", more))]);

interface Post {
  path?: string;
  headers?: Record<string, string>;
  query?: string;
}
async function post(
  body: Buffer | string,
  { path = `/api/${project.id}/envelope/`, headers = {}, query = `?sentry_key=${key}` }: Post = {},
) {
  const response = await fetch(`${api}${path}${query}`, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: JSON.parse(text) as Record<string, unknown>,
  };
}

const isStored = async (id: string) => (await context.db.errorEvent.count({ where: { id: withDashes(id) } })) === 1;

test("an event is answered by its id, and stored by then", async () => {
  const id = newId();
  const answer = await post(eventEnvelope(id));
  expect(answer).toMatchObject({ status: 200, json: { id } });
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await isStored(id)).toBe(true);
});

describe("the key", () => {
  const auth = `Sentry sentry_version=7, sentry_client=test/1.0, sentry_key=${key}`;
  test.each([
    ["in the address", { query: `?sentry_version=7&sentry_key=${key}&sentry_client=x%2F1` }],
    ["in X-Sentry-Auth", { query: "", headers: { "X-Sentry-Auth": auth } }],
    ["in Authorization", { query: "", headers: { Authorization: auth } }],
    ["without the last slash", { path: `/api/${project.id}/envelope` }],
  ])("%s", async (_, how) => {
    expect((await post(eventEnvelope(newId()), how)).status).toBe(200);
  });

  test("in the envelope itself", async () => {
    const body = envelope({ dsn: `https://${key}@errors.example.com/${project.id}` }, [
      { type: "event" },
      '{"message":"m"}',
    ]);
    expect((await post(body, { query: "" })).status).toBe(200);
  });

  test.each([
    ["is missing", 401, { query: "" }],
    ["is unknown", 403, { query: `?sentry_key=${"a".repeat(32)}` }],
    ["is none", 403, { query: "?sentry_key=hello" }],
    ["is another project's", 403, { query: `?sentry_key=${keyOf(other)}` }],
    ["is one of a project that there is not", 403, { path: "/api/999999/envelope/" }],
  ])("%s: %s", async (_, status, how) => {
    const id = newId();
    const answer = await post(eventEnvelope(id), how);
    expect(answer).toMatchObject({ status, json: { detail: expect.any(String) } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await isStored(id)).toBe(false);
  });

  test("revoked, nothing is taken with it any more", async () => {
    const gone = await makeProject(context);
    const how = { path: `/api/${gone.id}/envelope/`, query: `?sentry_key=${keyOf(gone)}` };
    expect((await post(eventEnvelope(newId()), how)).status).toBe(200);
    await revokeKey(context, { id: gone.keys[0]?.id ?? "" });
    expect((await post(eventEnvelope(newId()), how)).status).toBe(403);
  });
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["br", brotliCompressSync],
  ["identity", (bytes: Buffer) => bytes],
])("packed by %s", async (encoding, pack) => {
  const id = newId();
  const answer = await post(pack(eventEnvelope(id)), { headers: { "Content-Encoding": encoding } });
  expect(answer).toMatchObject({ status: 200, json: { id } });
  expect(await isStored(id)).toBe(true);
});

test("a packing that Node does not have is told, as is one that it is not", async () => {
  expect(await post("x", { headers: { "Content-Encoding": "lzma" } })).toMatchObject({ status: 415 });
  expect(await post("x", { headers: { "Content-Encoding": "gzip" } })).toMatchObject({ status: 400 });
});

test("a page of another origin may send: the browser's question and every answer say so", async () => {
  const asked = await fetch(`${api}/api/${project.id}/envelope/`, {
    method: "OPTIONS",
    headers: { Origin: "https://shop.example.com", "Access-Control-Request-Method": "POST" },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers.get("access-control-allow-origin")).toBe("*");
  expect(asked.headers.get("access-control-allow-methods")).toBe("POST, OPTIONS");
  expect(asked.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("x-sentry-auth");
  expect(asked.headers.get("access-control-max-age")).toBe("3600");
  for (const answer of [await post(eventEnvelope(newId())), await post("nothing")]) {
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("x-sentry-rate-limits");
  }
  const got = await fetch(`${api}/api/${project.id}/envelope/`);
  expect([got.status, got.headers.get("access-control-allow-origin")]).toEqual([405, "*"]);
});

test("items of other types are taken and passed over, an empty envelope too", async () => {
  expect(await post(envelope({}))).toMatchObject({ status: 200, json: {} });
  const types = [
    "session",
    "sessions",
    "transaction",
    "attachment",
    "client_report",
    "replay_event",
    "profile",
    "check_in",
    "statsd",
    "what_is_to_come",
  ];
  const answer = await post(
    envelope({ sent_at: "2026-11-27T00:00:00Z" }, ...types.map((type): [object, string] => [{ type }, '{"a":1}'])),
  );
  expect(answer).toMatchObject({ status: 200, json: {} });
});

test("the good event of a mixed envelope is stored, and the client is told of the rest", async () => {
  const id = newId();
  const answer = await post(
    envelope(
      { event_id: id },
      [{ type: "attachment", filename: "a.bin" }, Buffer.from([0, 255, 10, 10, 0])],
      [{ type: "event" }, "{nonsense"],
      [{ type: "event" }, JSON.stringify(thrown("x"))],
      [{ type: "event", length: 9_999 }, "{}"],
    ),
  );
  expect(answer).toMatchObject({ status: 200, json: { id } });
  expect(answer.headers.get("x-sentry-error")).toBe(
    "an event is no JSON object; item 4 announces 9999 bytes where 3 are left",
  );
  expect(await isStored(id)).toBe(true);
});

test.each([
  ["nothing", "", 400],
  ["no envelope", "hello", 400],
  ["an event that is no JSON", '{}\n{"type":"event"}\n{nonsense', 400],
  ["an event of an earlier year", `{}\n{"type":"event"}\n{"message":"m","timestamp":"2019-01-01T00:00:00Z"}`, 400],
  ["an event of more than a MiB", `{}\n{"type":"event"}\n{"message":"${"m".repeat(2 * 1024 * 1024)}"}`, 413],
])("%s", async (_, body, status) => {
  const answer = await post(body);
  expect(answer).toMatchObject({ status, json: { detail: expect.any(String) } });
  expect(answer.headers.get("x-sentry-error")).toBeTruthy();
});

test("what unpacks to more than is taken is 413, however small it is", async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
  expect((await post(bomb, { headers: { "Content-Encoding": "gzip" } })).status).toBe(413);
});

describe("an old client on /store/", () => {
  const store = (more: Post = {}): Post => ({ path: `/api/${project.id}/store/`, ...more });
  const raven = {
    query: "",
    headers: {
      "X-Sentry-Auth": `Sentry sentry_version=7, sentry_timestamp=1329096377, sentry_key=${key}, sentry_secret=x, sentry_client=raven-python/1.0`,
    },
  };
  const body = (id: string) =>
    JSON.stringify({
      event_id: id,
      timestamp: new Date().toISOString().slice(0, 19),
      logger: "root",
      culprit: "shop.views in profile",
      "sentry.interfaces.Message": { message: "User %s", params: ["ada"] },
      modules: { django: "1.4" },
    });
  test.each<[string, (text: string) => Buffer, Record<string, string>]>([
    ["JSON", (text) => Buffer.from(text), { "Content-Type": "application/json" }],
    ["JSON, packed", (text) => gzipSync(text), { "Content-Encoding": "gzip" }],
    [
      "base64 of zlib",
      (text) => Buffer.from(deflateSync(text).toString("base64")),
      { "Content-Type": "application/octet-stream" },
    ],
  ])("%s", async (_, pack, headers) => {
    const id = newId();
    const answer = await post(pack(body(id)), store({ ...raven, headers: { ...raven.headers, ...headers } }));
    expect(answer).toMatchObject({ status: 200, json: { id } });
    expect(await isStored(id)).toBe(true);
  });

  test("nonsense is 400", async () => {
    expect((await post("[1]", store())).status).toBe(400);
    expect((await post("aGVsbG8=", store())).status).toBe(400);
  });
});

test("over its quota a project is told when to go on, in the SDKs' words; others are not", async () => {
  const small = await makeProject(context, { quota: 2 });
  const how = { path: `/api/${small.id}/envelope/`, query: `?sentry_key=${keyOf(small)}` };
  const answers = [];
  for (let n = 0; n < 3; n += 1) answers.push(await post(eventEnvelope(newId()), how));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  const wait = Number(answers[2]?.headers.get("retry-after"));
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(60);
  expect(answers[2]?.headers.get("x-sentry-rate-limits")).toBe(`${wait}:default;error;security:project:quota`);
  expect((await post(eventEnvelope(newId()))).status).toBe(200);
});

/** A project that has sent all that it may this minute. */
async function makeExhausted() {
  const exhausted = await makeProject(context, { quota: 1 });
  const how = { path: `/api/${exhausted.id}/envelope/`, query: `?sentry_key=${keyOf(exhausted)}` };
  expect((await post(eventEnvelope(newId()), how)).status).toBe(200);
  return exhausted;
}

/** Begins to send an event and stops before its body: all of the connection up to its end, by either side. */
async function sendHead(path: string, bodyBytes: number): Promise<string> {
  const socket = connect(Number(new URL(api).port), "127.0.0.1");
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a.example\r\nContent-Length: ${bodyBytes}\r\n\r\n`);
  const [answer] = await Promise.race([once(socket, "data"), once(socket, "close")]);
  socket.destroy();
  return String(answer);
}

/** Locks what every event needs, so that none is stored until it is let go. */
async function holdStoring(): Promise<() => Promise<void>> {
  const client = await context.sql.connect();
  await client.query("BEGIN; LOCK TABLE error_events IN ACCESS EXCLUSIVE MODE");
  return async () => {
    await client.query("ROLLBACK");
    client.release();
  };
}

test("over its quota a project is told so before it has sent its event", async () => {
  const small = await makeExhausted();
  const answer = await sendHead(`/api/${small.id}/envelope/?sentry_key=${keyOf(small)}`, 1_000_000);
  expect(answer).toMatch(/^HTTP\/1\.1 429 /);
  expect(answer).toMatch(/\r\nRetry-After: \d+\r\n/i);
  expect(answer).toMatch(/\r\nX-Sentry-Rate-Limits: \d+:default;error;security:project:quota\r\n/i);
  expect(answer).toMatch(/\r\nAccess-Control-Allow-Origin: \*\r\n/i);
  expect(answer).toContain('"status":429');
});

test("the answer reaches a client that sends all it has before it listens, and the connection goes on", async () => {
  const small = await makeExhausted();
  const socket = connect(Number(new URL(api).port), "127.0.0.1");
  const request = (connection: string) =>
    `POST /api/${small.id}/envelope/?sentry_key=${keyOf(small)} HTTP/1.1\r\nHost: a.example\r\nConnection: ${connection}\r\nContent-Length: 3000000\r\n\r\n${"x".repeat(3_000_000)}`;
  socket.write(request("keep-alive"));
  socket.write(request("close"));
  expect((await text(socket)).match(/HTTP\/1\.1 429 /g)).toHaveLength(2);
});

test("a key within the envelope is held to the quota as well, before the event is read", async () => {
  const small = await makeExhausted();
  const dsn = `https://${keyOf(small)}@errors.example.com/${small.id}`;
  const how = { path: `/api/${small.id}/envelope/`, query: "" };
  const answer = await post(envelope({ dsn }, [{ type: "event" }, "{nonsense"]), how);
  expect(answer).toMatchObject({ status: 429 });
  expect(answer.headers.get("x-sentry-rate-limits")).toMatch(/:project:quota$/);
});

test("while more is in hand than can be stored, the next is told so before it has sent anything; none that was taken is lost", async () => {
  const busy = await makeProject(context);
  const path = `/api/${busy.id}/envelope/?sentry_key=${keyOf(busy)}`;
  const release = await holdStoring();
  const ids = Array.from({ length: 400 }, newId);
  const sending = Promise.all(
    ids.map((id) =>
      post(eventEnvelope(id), { path: `/api/${busy.id}/envelope/`, query: `?sentry_key=${keyOf(busy)}` }),
    ),
  );
  await expect.poll(() => isFullOfErrors(context)).toBe(true);
  const answer = await sendHead(path, 1_000_000);
  await release();
  expect(answer).toMatch(/^HTTP\/1\.1 429 /);
  expect(answer).toMatch(/\r\nRetry-After: 1\r\n/i);
  expect(answer).toMatch(/\r\nX-Sentry-Rate-Limits: 1::organization:overloaded\r\n/i);
  const statuses = (await sending).map(({ status }) => status);
  const taken = ids.filter((_, n) => statuses[n] === 200).map(withDashes);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect(await context.db.errorEvent.count({ where: { id: { in: taken } } })).toBe(taken.length);
  expect((await post(eventEnvelope(newId()))).status).toBe(200);
});

test("a path that is no project's is somebody else's", async () => {
  expect((await fetch(`${api}/api/shop/envelope/`, { method: "POST" })).status).toBe(404);
});

test("whatever is sent, the answer is 200, 400 or 413 with a body, and what was good is stored", async () => {
  const good = thrown("fuzzed");
  const text = fc.constantFrom(
    "",
    "{}",
    "[]",
    "null",
    '{"message":"m"}',
    '{"message":"\\u0000\\ud800"}',
    '{"__proto__":{"a":1}}',
    '{"exception":{"values":[null,1,{"stacktrace":{"frames":"x"}}]}}',
    '{"a":'.repeat(20_000),
    "\xff\xfe\0",
    '{"timestamp":1e308}',
    '{"contexts":{"trace":{"trace_id":{}}},"tags":[[],[1],[null,2]],"user":7}',
  );
  const headers = fc.oneof(
    fc.constantFrom(
      { type: "event" },
      { type: "event", length: 3 },
      { type: "event", length: 1e9 },
      { type: 7 },
      {},
      { type: "event", length: -1 },
    ),
    fc.record({ type: fc.string() }),
  );
  const item = fc.tuple(headers, text);
  const cut = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 4 }), cut, fc.boolean(), async (items, at, isCut) => {
      const id = newId();
      const rest = Buffer.concat(
        items.map(([own, payload]) => Buffer.from(`\n${JSON.stringify(own)}\n${payload}`, "latin1")),
      );
      const head = envelope({ event_id: id }, [{ type: "event" }, JSON.stringify(good)]);
      const whole = Buffer.concat([head.subarray(0, -1), rest]);
      const answer = await post(isCut ? whole.subarray(0, Math.floor(at * whole.length)) : whole);
      expect([200, 400, 413]).toContain(answer.status);
      expect(answer.json).toBeTypeOf("object");
      if (!isCut) expect([answer.status, await isStored(id)]).toEqual([200, true]);
    }),
    { numRuns: 150 },
  );
  expect(Reflect.get({}, "a")).toBeUndefined();
}, 60_000);

test("a hundred events of 2 MiB and zip bombs at once: all are answered, and the memory stays bounded", async () => {
  const large = Buffer.from(`{}\n{"type":"event"}\n{"message":"${"m".repeat(2 * 1024 * 1024)}"}`);
  const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const before = process.memoryUsage().rss;
  const statuses = await Promise.all(
    Array.from(
      { length: 100 },
      async (_, n) =>
        (n % 2 ? await post(bomb, { headers: { "Content-Encoding": "gzip" } }) : await post(large)).status,
    ),
  );
  clearInterval(watch);
  expect(statuses.filter((status) => ![413, 429].includes(status))).toEqual([]);
  // The test's own clients hold their bodies too.
  expect((peak - before) / 1024 / 1024).toBeLessThan(400);
}, 60_000);
