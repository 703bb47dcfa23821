import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonSample, parseJsonSamples } from "./receive-json";

const now = new Date("2026-05-01T12:00:00Z");
const at = "2026-05-01T11:59:00Z";

test("samples of the usual form", () => {
  const { samples, places, rejected } = parseJsonSamples(
    [
      { name: "a", value: 1 },
      {
        name: "b.c",
        value: -0.5,
        unit: "ms",
        metadata: { host: "x", ok: true, n: 3 },
        kind: "counter",
        recordedAt: at,
      },
      { name: "d", value: 2, recordedAt: "2026-05-01T13:59:00.5+02:00" },
    ],
    now,
  );
  expect(rejected).toEqual([]);
  expect(places).toEqual([0, 1, 2]);
  expect(samples).toEqual([
    { name: "a", value: 1, unit: "", metadata: undefined, kind: "gauge", recordedAt: now },
    {
      name: "b.c",
      value: -0.5,
      unit: "ms",
      metadata: { host: "x", ok: true, n: 3 },
      kind: "counter",
      recordedAt: new Date(at),
    },
    { name: "d", value: 2, unit: "", metadata: {}, kind: "gauge", recordedAt: new Date("2026-05-01T11:59:00.500Z") },
  ]);
});

test.each([
  [null, ""],
  ["text", ""],
  [[], ""],
  [{}, "name"],
  [{ name: 1, value: 1 }, "name"],
  [{ name: "a", value: "1" }, "value"],
  [{ name: "a", value: null }, "value"],
  [{ name: "a", value: 1, unit: 3 }, "unit"],
  [{ name: "a", value: 1, kind: "histogram" }, "kind"],
  [{ name: "a", value: 1, metadata: [] }, "metadata"],
  [{ name: "a", value: 1, metadata: null }, "metadata"],
  [{ name: "a", value: 1, recordedAt: "yesterday" }, "recordedAt"],
  [{ name: "a", value: 1, recordedAt: 1_777_777_777 }, "recordedAt"],
  [{ name: "a", value: 1, recordedAt: "2026-02-30T00:00:00Z" }, "recordedAt"],
])("%j is named by its field, and those beside it are taken", (wrong, path) => {
  const { samples, places, rejected } = parseJsonSamples(
    [{ name: "a", value: 1 }, wrong, { name: "b", value: 2 }],
    now,
  );
  expect(samples.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(places).toEqual([0, 2]);
  expect(rejected).toEqual([{ index: 1, path, message: expect.stringMatching(/./) }]);
});

test("what is read by hand is what the schema reads", () => {
  const text = fc.string({ maxLength: 5 });
  const item = fc.record(
    {
      name: fc.oneof(text, fc.constantFrom("a", "b_c"), fc.integer()),
      value: fc.oneof(fc.double(), fc.integer(), text),
      unit: fc.oneof(text, fc.constant(null)),
      metadata: fc.oneof(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())), fc.constant([])),
      kind: fc.constantFrom("gauge", "counter", "delta", "distribution"),
      recordedAt: fc.constantFrom(at, "2026-05-01T11:59:00.25Z", "no time", 5),
    },
    { requiredKeys: ["name", "value"] },
  );
  fc.assert(
    fc.property(item, (given) => {
      // As it comes over the wire: what JSON can't say is null.
      const sent: unknown = JSON.parse(JSON.stringify(given));
      const { data } = jsonSample.safeParse(sent);
      const [read] = parseJsonSamples([sent], now).samples;
      // Names and labels are looked at by the writer: here more may pass, but what passes both is the same.
      if (data)
        expect({ ...read, metadata: read?.metadata ?? {} }).toEqual({ ...data, recordedAt: data.recordedAt ?? now });
    }),
    { numRuns: 1_000 },
  );
});
