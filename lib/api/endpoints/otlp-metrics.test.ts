import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { writeSamples } from "@/lib/metrics/write-samples";
import { makeToken } from "@/lib/testing/actors";
import { startApi } from "@/lib/testing/api-server";
import { encodeOtlp, lengthField, varint } from "@/lib/testing/encode-otlp";
import { storedValues } from "@/lib/testing/stored-metrics";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
const address = await startApi(context);
const away = openDatabase("postgresql://nobody@127.0.0.1:1/nothing", { name: "test", log: SILENT });
/** The token is known already, and what is sent can't be stored; and: nobody can be asked who calls. */
const withoutDatabase = [
  await startApi({ ...context, sql: away.sql }),
  await startApi({ ...context, db: away.db, sql: away.sql }),
];
afterAll(away.close);
const PROTOBUF = "application/x-protobuf";
const JSON_TYPE = "application/json";
const MIB = 1024 * 1024;
let token = "";

beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["metrics:write"] }));
});

async function post(body: Buffer | string, headers: Record<string, string> = {}, to = address) {
  const response = await fetch(`${to}/api/otlp/v1/metrics`, {
    method: "POST",
    body: typeof body === "string" ? body : Uint8Array.from(body),
    headers: { Authorization: `Bearer ${token}`, "Content-Type": PROTOBUF, ...headers },
    signal: AbortSignal.timeout(20_000),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, type: response.headers.get("content-type"), bytes };
}

const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`;
let moment = Date.now() - 3_600_000;
/** A point of a gauge at a time of its own. */
const point = (fields: object = {}) => ({ timeUnixNano: nanoseconds((moment += 10)), asDouble: 1, ...fields });
const requestOf = (metrics: object[]) => ({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
const gauge = (name: string, ...dataPoints: object[]) => requestOf([{ name, unit: "1", gauge: { dataPoints } }]);

/** Sends the same in both encodings. @returns the answer as JSON has it */
async function sendBoth(json: object) {
  const byJson = await post(JSON.stringify(json), { "Content-Type": JSON_TYPE });
  const byProtobuf = await post(encodeOtlp(json));
  expect(byProtobuf).toMatchObject({ status: byJson.status, type: PROTOBUF });
  const { partialSuccess } = JSON.parse(byJson.bytes.toString());
  if (partialSuccess) {
    const { rejectedDataPoints, errorMessage } = partialSuccess;
    const message = lengthField(2, Buffer.from(errorMessage));
    const inner = Buffer.concat([Buffer.from([8]), varint(BigInt(rejectedDataPoints)), message]);
    expect(byProtobuf.bytes).toEqual(lengthField(1, inner));
  } else expect(byProtobuf.bytes.length).toBe(0);
  return { status: byJson.status, partialSuccess };
}

/** A google.rpc.Status. */
const messageOf = ({ type, bytes }: { type: string | null; bytes: Buffer }): string => {
  if (type === JSON_TYPE) return String(JSON.parse(bytes.toString()).message);
  const text = bytes.subarray(bytes.length < 130 ? 2 : 3).toString();
  expect(bytes).toEqual(lengthField(2, Buffer.from(text)));
  return text;
};

const valuesOf = async (name: string) => (await storedValues(context, name)).map(({ value }) => value);

describe("what is right", () => {
  test("an empty request is taken", async () => {
    expect(await post(Buffer.alloc(0))).toMatchObject({ status: 200, type: PROTOBUF, bytes: Buffer.alloc(0) });
    const json = await post("{}", { "Content-Type": "application/json; charset=utf-8" });
    expect(json).toMatchObject({ status: 200, type: JSON_TYPE, bytes: Buffer.from("{}") });
  });

  test("gzip, and sending it again", async () => {
    const body = gzipSync(encodeOtlp(gauge("packed", point({ asDouble: 7 }))));
    for (const _ of [1, 2]) expect((await post(body, { "Content-Encoding": "gzip" })).status).toBe(200);
    expect(await valuesOf("packed")).toEqual([7]);
  });

  test("a point that says there is no value is passed over", async () => {
    expect(await sendBoth(gauge("ended", point({ flags: 1, asDouble: "NaN" }), point()))).toEqual({ status: 200 });
    expect(await valuesOf("ended")).toEqual([1]);
  });

  test("a summary's quantiles, count and sum", async () => {
    const dataPoints = [
      point({ asDouble: undefined, count: "3", sum: 6, quantileValues: [{ quantile: 0.5, value: 2 }] }),
    ];
    expect(await sendBoth(requestOf([{ name: "paid", unit: "ms", summary: { dataPoints } }]))).toEqual({ status: 200 });
    expect(await storedValues(context, "paid")).toMatchObject([
      { kind: "gauge", value: 2, metadata: { quantile: "0.5" } },
    ]);
    expect(await storedValues(context, "paid_count")).toMatchObject([{ kind: "counter", unit: "count", value: 3 }]);
    expect(await storedValues(context, "paid_sum")).toMatchObject([{ kind: "counter", unit: "ms", value: 6 }]);
  });
});

describe("points that are wrong are told of, the others are stored", () => {
  const manyLabels = Array.from({ length: 10_000 }, (_, i) => ({ key: `l${i}`, value: { intValue: i } }));
  let deep: object = { stringValue: "x" };
  for (let i = 0; i < 100; i += 1) deep = { arrayValue: { values: [deep] } };

  test.each([
    ["nan", point({ asDouble: "NaN" }), /must be a finite number/],
    ["infinite", point({ asDouble: "-Infinity" }), /must be a finite number/],
    ["in_1970", point({ timeUnixNano: "1000000" }), /in_1970 at 1970-01-01T00:00:00.001Z: samples are kept from/],
    ["in_2100", point({ timeUnixNano: nanoseconds(Date.UTC(2100, 0)) }), /in_2100 at 2100-01-01.*samples are kept/],
    ["timeless", point({ timeUnixNano: "0" }), /timeless: has no time/],
    ["valueless", point({ asDouble: undefined }), /valueless: has no value/],
    ["many_labels", point({ attributes: manyLabels }), /must have at most 32 labels/],
    [
      "long_label",
      point({ attributes: [{ key: "a", value: { stringValue: "x".repeat(MIB) } }] }),
      /long_label: metadata\.a/,
    ],
    ["deep", point({ attributes: [{ key: "a", value: deep }] }), /nested more than 16 deep/],
    ["null_label", point({ attributes: [{ key: "a", value: { stringValue: "\0" } }] }), /null character/],
  ])("%s", async (name, wrong, message) => {
    const answer = await sendBoth(gauge(name, point({ asDouble: 1 }), wrong, point({ asDouble: 2 })));
    expect(answer).toEqual({
      status: 200,
      partialSuccess: { rejectedDataPoints: "1", errorMessage: expect.stringMatching(message) },
    });
    expect(answer.partialSuccess.errorMessage.length).toBeLessThan(500);
    expect(await valuesOf(name)).toEqual([1, 2]);
  });

  test("a name of 1 MB, and the metric beside it", async () => {
    const metrics = ["n".repeat(MIB), "beside"].map((name) => ({ name, gauge: { dataPoints: [point(), point()] } }));
    const { partialSuccess } = await sendBoth(requestOf(metrics));
    expect(partialSuccess.rejectedDataPoints).toBe("2");
    expect(partialSuccess.errorMessage).toMatch(/n…: name must have at most 255 characters/);
    expect(await valuesOf("beside")).toEqual([1, 1]);
  });

  test("another kind than the series has", async () => {
    const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point()] };
    await sendBoth(gauge("was_gauge", point()));
    const { partialSuccess } = await sendBoth(requestOf([{ name: "was_gauge", unit: "1", sum }]));
    expect(partialSuccess.errorMessage).toMatch(/was_gauge is a gauge and can't be a counter too/);
  });

  test("a data point that is malformed by itself", async () => {
    const json = { ...gauge("half_json", point(), point({ timeUnixNano: "soon" }), point({ attributes: 5 })) };
    const answer = await post(JSON.stringify(json), { "Content-Type": JSON_TYPE });
    expect(JSON.parse(answer.bytes.toString()).partialSuccess).toEqual({
      rejectedDataPoints: "2",
      errorMessage: "half_json: timeUnixNano must be a number; half_json: attributes must be a list",
    });
    expect(await valuesOf("half_json")).toEqual([1]);
  });
});

describe("what is no request at all", () => {
  const gzip = { "Content-Encoding": "gzip" };
  const json = { "Content-Type": JSON_TYPE };

  test.each<[string, number, Buffer | string, Record<string, string>, RegExp]>([
    ["text", 415, "hello", { "Content-Type": "text/plain" }, /Send the body as application\/x-protobuf or/],
    ["brotli", 415, "hello", { "Content-Encoding": "br" }, /packed by gzip/],
    ["no gzip", 400, "hello", gzip, /is not gzip/],
    ["too long", 413, Buffer.alloc(8 * MIB + 1), {}, /longer than 8 MiB/],
    ["too long when unpacked", 413, gzipSync(Buffer.alloc(64 * MIB)), gzip, /longer than 8 MiB/],
    ["no JSON", 400, "{", json, /it is not JSON/],
    ["no UTF-8", 400, Buffer.from([0x22, 0xff, 0x22]), json, /it is not UTF-8/],
    ["a list", 400, "[]", json, /the body must be an object/],
    ["no list", 400, '{"resourceMetrics":{}}', json, /resourceMetrics must be a list/],
    ["lists without end", 400, "[".repeat(4 * MIB), json, /it is not JSON/],
    ["deep lists", 400, "[".repeat(MIB) + "]".repeat(MIB), json, /must be an object/],
    ["a huge length", 400, Buffer.from("0affffffffffffffff7f", "hex"), {}, /bytes are announced where/],
    ["an endless number", 400, Buffer.alloc(20, 0xff), {}, /more than 64 bits/],
    ["a group", 400, Buffer.from("0b0c", "hex"), {}, /wire type 3/],
  ])("%s: %i", async (_, status, body, headers, message) => {
    const answer = await post(body, headers);
    expect(answer).toMatchObject({ status, type: headers["Content-Type"] === undefined ? PROTOBUF : JSON_TYPE });
    expect(messageOf(answer)).toMatch(message);
  });

  test("nobody, a token that may not, and another method", async () => {
    const { token: reader } = await makeToken(context, { scopes: ["read"] });
    const nobody = await post(Buffer.alloc(0), { Authorization: "Bearer wk_nobodys" });
    expect(nobody).toMatchObject({ status: 401, type: PROTOBUF });
    expect(messageOf(nobody)).toMatch(/unknown, expired or revoked/);
    expect((await post(Buffer.alloc(0), { Authorization: `Bearer ${reader}` })).status).toBe(403);
    expect((await fetch(`${address}/api/otlp/v1/metrics`)).status).toBe(405);
  });
});

describe("what can't be taken now, in both encodings", () => {
  const bodies = (name: string): [string, Buffer | string][] => [
    [PROTOBUF, encodeOtlp(gauge(name, point()))],
    [JSON_TYPE, JSON.stringify(gauge(name, point()))],
  ];

  test("when too much waits, 429 says when to come back, and then it is taken", async () => {
    const holder = await context.sql.connect();
    await holder.query("BEGIN; LOCK TABLE system_metrics IN SHARE MODE");
    const some = (n: number) =>
      Array.from({ length: 6_000 }, (_, i) => ({
        name: "f",
        unit: "",
        value: i,
        recordedAt: new Date(moment - n * 6_000 - i),
      }));
    const flood = Promise.allSettled(Array.from({ length: 10 }, (_, n) => writeSamples(context, some(n))));
    for (const [type, body] of bodies("overload")) {
      const answer = await post(body, { "Content-Type": type });
      expect(answer).toMatchObject({ status: 429, type });
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(messageOf(answer)).toMatch(/More samples come in than can be stored.*Send it again later/);
    }
    expect(await valuesOf("overload")).toEqual([]);
    await holder.query("ROLLBACK");
    holder.release();
    await flood;
    for (const [type, body] of bodies("overload"))
      expect(await post(body, { "Content-Type": type })).toMatchObject({ status: 200 });
    expect(await valuesOf("overload")).toEqual([1, 1]);
  });

  test("when the database is away, 503 says when to come back, whoever notices it", async () => {
    for (const to of withoutDatabase)
      for (const [type, body] of bodies("lost")) {
        const answer = await post(body, { "Content-Type": type }, to);
        expect(answer).toMatchObject({ status: 503, type });
        expect(answer.headers.get("retry-after")).toBe("5");
        expect(messageOf(answer)).toBe("The database cannot be reached now; try again.");
      }
  });
});

describe("hostile bytes", () => {
  const good = encodeOtlp(
    requestOf([
      {
        name: "fuzzed",
        unit: "ms",
        gauge: { dataPoints: [point(), point({ attributes: [{ key: "a", value: { intValue: 5 } }] })] },
      },
      {
        name: "fuzzed_histogram",
        histogram: {
          aggregationTemporality: 2,
          dataPoints: [point({ count: "3", bucketCounts: [1, 2], explicitBounds: [5] })],
        },
      },
    ]),
  );
  const goodJson = JSON.stringify(
    gauge("fuzzed_json", point(), point({ attributes: [{ key: "a", value: { intValue: 5 } }] })),
  );
  const mutated = (bytes: Buffer) =>
    fc
      .tuple(
        fc.nat(bytes.length),
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
      )
      .map(([length, changes, isCut]) => {
        const copy = Buffer.from(bytes);
        for (const [at, byte] of changes) copy[at] = byte;
        return isCut ? copy.subarray(0, length) : copy;
      });

  test("random, cut and changed bytes are answered by 200 or 400, quickly", async () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ bytes: Buffer.from(bytes), type: PROTOBUF })),
      mutated(good).map((bytes) => ({ bytes, type: PROTOBUF })),
      mutated(Buffer.from(goodJson)).map((bytes) => ({ bytes, type: JSON_TYPE })),
    );
    await fc.assert(
      fc.asyncProperty(body, async ({ bytes, type }) => {
        const answer = await post(bytes, { "Content-Type": type });
        expect([200, 400]).toContain(answer.status);
        expect(answer.type).toBe(type);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  test("millions of empty messages cost a bounded time and memory", async () => {
    const before = process.memoryUsage().rss;
    // 4 million empty points, scopes, resources: two bytes each.
    const fill = (bytes: number[], count: number) => Buffer.alloc(bytes.length * count, Buffer.from(bytes));
    const points = fill([0x0a, 0x00], 4 * MIB - 64);
    const inMetric = Buffer.concat([lengthField(1, Buffer.from("flood")), lengthField(5, points)]);
    const flood = lengthField(1, lengthField(2, lengthField(2, inMetric)));
    const began = performance.now();
    const answer = await post(flood);
    expect(answer.status).toBe(200);
    expect(answer.bytes.toString()).toMatch(/at most 50,000 data points/);
    for (const bytes of [fill([0x0a, 0x00], 4 * MIB), fill([0x12, 0x00], 4 * MIB)])
      expect((await post(bytes)).status).toBe(200);
    expect((performance.now() - began) / 3).toBeLessThan(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MIB);
  });
});
