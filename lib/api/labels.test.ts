import { expect, test } from "vitest";
import { labels } from "./labels";

test.each([
  ["quantile=p95", { quantile: "p95" }],
  [["quantile=p95", "process=web"], { quantile: "p95", process: "web" }],
  ["expression=a=b", { expression: "a=b" }],
  ["empty=", { empty: "" }],
  ['{"core":0,"host":"a"}', { core: 0, host: "a" }],
  [undefined, undefined],
])("%j are the labels %j", (given, expected) => {
  expect(labels.parse(given)).toEqual(expected);
});

test.each(["quantile", "=p95", "{not json", '{"nested":{"a":1}}'])("%j is refused", (given) => {
  expect(labels.safeParse(given).success).toBe(false);
});
