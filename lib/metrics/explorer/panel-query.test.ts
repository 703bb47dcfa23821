import fc from "fast-check";
import { expect, test } from "vitest";
import { AGGREGATES } from "../query/aggregates";
import { MATCHER_OPERATORS } from "../query/matchers";
import { readPanel, writePanel } from "./panel-query";

test.each([
  ["avg:cpu_usage", { name: "cpu_usage", agg: "avg", matchers: [], by: undefined }],
  ["cpu_usage", { name: "cpu_usage", agg: "avg", matchers: [], by: undefined }],
  ["p95:http.request/duration by()", { problem: "“ by()” is too much at its end" }],
  ["sum:requests()by()", { name: "requests", agg: "sum", matchers: [], by: [] }],
  ["node:cpu:rate5m", { name: "node:cpu:rate5m", agg: "avg", matchers: [], by: undefined }],
  ["max:node:cpu:rate5m", { name: "node:cpu:rate5m", agg: "max", matchers: [], by: undefined }],
  [
    "p95:latency(host=~web-.*|api,route!=/health,zone=)by(host,zone)",
    {
      name: "latency",
      agg: "p95",
      matchers: [
        { label: "host", op: "=~", value: "web-.*|api" },
        { label: "route", op: "!=", value: "/health" },
        { label: "zone", op: "=", value: "" },
      ],
      by: ["host", "zone"],
    },
  ],
  ["", { problem: "it has to begin with a metric's name" }],
  ["avg:cpu(host)", { problem: expect.stringContaining("a filter is like") }],
  ["avg:cpu(host=a", { problem: expect.stringContaining("a filter is like") }],
  ["avg:cpu(host=a)by(", { problem: expect.stringContaining("after by(") }],
  ['avg:cpu(host="a)', { problem: expect.stringContaining("a filter is like") }],
  ['avg:cpu(host="\\x")', { problem: expect.stringContaining("a filter is like") }],
])("%s is read", (text, expected) => {
  expect(readPanel(text)).toEqual(expected);
});

const label = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" });
const query = fc.record({
  name: fc.stringMatching(/^[a-zA-Z_][\w:./-]{0,20}$/),
  agg: fc.constantFrom(...AGGREGATES),
  matchers: fc.array(
    fc.record({
      label,
      op: fc.constantFrom(...MATCHER_OPERATORS),
      value: fc.string({ maxLength: 30, unit: "grapheme" }),
    }),
    { maxLength: 4 },
  ),
  by: fc.option(fc.array(label, { maxLength: 3 }), { nil: undefined }),
});

test("what is written is read again as it was", () => {
  fc.assert(
    fc.property(query, (one) => {
      expect(readPanel(writePanel(one))).toEqual(one);
    }),
  );
});

test("whatever is typed is read or refused in a sentence", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const read = readPanel(text);
      expect("problem" in read ? read.problem : read.name).not.toBe("");
    }),
  );
});
