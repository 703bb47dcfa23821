import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { makeToken } from "@/lib/testing/actors";
import { startApi } from "@/lib/testing/api-server";
import { callApi } from "@/lib/testing/call-api";
import { keyOf, makeProject } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { listGroups } from "@/lib/errors/groups/list-groups";
import { listLogs } from "@/lib/logs/list-logs";

const context = await createTestContext();
const address = await startApi(context);
const project = await makeProject(context, { name: "Shop" });
let token = "";
let reader = "";
beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["logs:write"] }));
  ({ token: reader } = await makeToken(context, { scopes: ["read"] }));
});

async function post(path: string, body: string | Buffer, headers: Record<string, string> = {}, bearer = token) {
  const response = await fetch(`${address}${path}`, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers: { Authorization: `Bearer ${bearer}`, ...headers },
  });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}
const messages = async (filter: Parameters<typeof listLogs>[1]) =>
  (await listLogs(context, filter)).items.map(({ message }) => message).toReversed();

describe("lines as JSON", () => {
  const items = (service: string) => [
    { message: "one", service },
    { msg: "two", service },
  ];
  const lines = (service: string) =>
    items(service)
      .map((item) => JSON.stringify(item))
      .join("\n\n");
  test.each<[service: string, body: string | Buffer, headers: Record<string, string>]>([
    ["a list", JSON.stringify(items("a list")), {}],
    ["in a frame", JSON.stringify({ logs: items("in a frame") }), {}],
    ["JSON lines", lines("JSON lines"), { "Content-Type": "application/x-ndjson" }],
    ["JSON lines, packed", gzipSync(lines("JSON lines, packed")), { "Content-Encoding": "gzip" }],
  ])("%s", async (service, body, headers) => {
    expect(await post("/api/v1/logs", body, headers)).toMatchObject({
      status: 200,
      text: '{"stored":2,"rejected":[]}',
    });
    expect((await messages({ service })).toSorted()).toEqual(["one", "two"]);
  });

  test("of pino: level, time, message, the rest are attributes, an error becomes an event", async () => {
    const time = Date.now() - 1_000;
    const line = {
      level: 50,
      time,
      pid: 4711,
      hostname: "web-1",
      name: "pino",
      msg: "payment failed",
      err: {
        type: "TypeError",
        message: "card is null",
        stack: "TypeError: card is null\n    at charge (/srv/pay.js:1:2)",
      },
    };
    await post("/api/v1/logs", JSON.stringify(line), {}, keyOf(project));
    const [stored] = (await listLogs(context, { query: "payment failed" })).items;
    expect(stored).toMatchObject({ at: new Date(time), level: "error", service: "pino", projectId: project.id });
    expect(stored?.attributes).toMatchObject({ pid: 4711, hostname: "web-1" });
    expect((await listGroups(context, { project: project.id })).items).toMatchObject([
      { type: "TypeError", value: "card is null", culprit: "/srv/pay.js in charge" },
    ]);
  });

  test("what is no line costs itself; none right is an error, as is no JSON", async () => {
    const mixed = await post(
      "/api/v1/logs",
      '[{"message":"fine"},7,null,{"message":"old","timestamp":"2001-01-01T00:00:00Z"}]',
    );
    expect(mixed.status).toBe(200);
    expect(JSON.parse(mixed.text)).toEqual({
      stored: 1,
      rejected: [
        { count: 1, message: expect.stringMatching(/^lines are kept from /) },
        { count: 2, message: "must be an object or a text" },
      ],
    });
    expect((await post("/api/v1/logs", "[7]")).status).toBe(422);
    expect((await post("/api/v1/logs", "hello")).status).toBe(400);
    expect((await post("/api/v1/logs", Buffer.from([0xff, 0xfe]))).status).toBe(400);
    expect((await post("/api/v1/logs", `[${"1,".repeat(10_000)}1]`)).status).toBe(413);
  });

  test("a line names its project, or the header does", async () => {
    await post("/api/v1/logs", '[{"message":"by name","project":"Shop"},{"message":"by header"}]', {
      "X-Watchkeeper-Project": String(project.id),
    });
    expect(await messages({ project: project.id, query: "by" })).toEqual(
      expect.arrayContaining(["by name", "by header"]),
    );
  });

  test("what PostgreSQL does not hold, and what would change a prototype", async () => {
    const answer = await post(
      "/api/v1/logs",
      '[{"message":"nul \\u0000 half \\ud800 end","attributes":{"__proto__":{"polluted":1},"a\\u0000":"\\udc00"}}]',
    );
    expect(answer.status).toBe(200);
    const [line] = (await listLogs(context, { query: "nul half end" })).items;
    expect(line?.message).toBe("nul  half \ufffd end");
    expect(line?.attributes).toEqual({ a: "\ufffd" });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("OTLP", () => {
  const otlp = (body: string, type = "application/json") => post("/api/otlp/v1/logs", body, { "Content-Type": type });
  test("an empty request is a success, in the request's own encoding", async () => {
    expect(await otlp("{}")).toMatchObject({ status: 200, text: "{}", type: "application/json" });
    expect(await otlp("", "application/x-protobuf")).toMatchObject({
      status: 200,
      text: "",
      type: "application/x-protobuf",
    });
  });

  test("records that can't be stored are counted, the others are stored", async () => {
    const record = (more: object) => ({ severityNumber: 9, body: { stringValue: "partial" }, ...more });
    const logRecords = [record({}), record({ severityNumber: "x" }), record({ timeUnixNano: "1000000000" }), 7];
    const answer = await otlp(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({
      partialSuccess: {
        rejectedLogRecords: "3",
        errorMessage: expect.stringMatching(/lines are kept .*severityNumber must be a number/),
      },
    });
    expect(await messages({ query: "partial" })).toEqual(["partial"]);
  });

  test.each([
    ["no JSON", "{", "application/json", 400],
    ["another form", '{"resourceLogs":7}', "application/json", 400],
    ["no protobuf", "\x0a\xff", "application/x-protobuf", 400],
    ["another type", "{}", "text/plain", 415],
  ])("%s", async (_, body, type, status) => {
    const answer = await otlp(body, type);
    expect(answer.status).toBe(status);
    expect(answer.text.length).toBeGreaterThan(0);
  });
});

describe("the search", () => {
  beforeAll(async () => {
    await post(
      "/api/v1/logs",
      JSON.stringify([
        {
          message: "GET /cart answered 200",
          level: "info",
          service: "web",
          traceId: "a".repeat(32),
          attributes: { "http.route": "/cart", status: 200 },
        },
        { message: "cart.addItem took 812 ms", level: "warn", service: "shop" },
        { message: "it's gone", level: "error", service: "shop", traceId: "a".repeat(32) },
      ]),
    );
  });
  test.each([
    ["cart", ["GET /cart answered 200", "cart.addItem took 812 ms"]],
    ["cart level:warn", ["cart.addItem took 812 ms"]],
    ["CART.addit", ["cart.addItem took 812 ms"]],
    ['"answered 200"', ["GET /cart answered 200"]],
    ["it's gone", ["it's gone"]],
    [`trace:${"A".repeat(32)}`, ["GET /cart answered 200", "it's gone"]],
    ["http.route:/cart", ["GET /cart answered 200"]],
    ["status:200", ["GET /cart answered 200"]],
    ["service:shop !gone took", ["cart.addItem took 812 ms"]],
    ["'; DROP TABLE log_lines; --", []],
    ["\\ ':* & |", []],
  ])("%s", async (query, found) => {
    expect((await messages({ query })).toSorted()).toEqual(found.toSorted());
  });

  test("by the API: filters, pages, and a fault at its place", async () => {
    const first = await callApi(context, "GET /api/v1/logs?limit=1&level=warn&service=shop", { token: reader });
    expect(first.json).toMatchObject({ items: [{ level: "error" }], next: expect.any(String) });
    const next = Reflect.get(Object(first.json), "next");
    const second = await callApi(context, `GET /api/v1/logs?limit=1&level=warn&service=shop&cursor=${next}`, {
      token: reader,
    });
    expect(second.json).toMatchObject({ items: [{ level: "warn" }], next: null });
    const wrong = await callApi(context, "GET /api/v1/logs?query=level:loud", { token: reader });
    expect(wrong).toMatchObject({
      status: 422,
      json: { issues: [{ path: "query", message: expect.stringContaining("level:loud (at 1)") }] },
    });
  });

  test("a live tail asks for what was stored after what it has", async () => {
    const [latest] = (await listLogs(context, { limit: 1 })).items;
    expect(
      (await listLogs(context, { after: latest?.id ?? "" })).items
        .map(({ id }) => Number(id))
        .every((id) => id > Number(latest?.id)),
    ).toBe(true);
    await post("/api/v1/logs", '[{"message":"the newest"}]');
    expect((await messages({ after: latest?.id ?? "" })).at(-1)).toBe("the newest");
  });
});
