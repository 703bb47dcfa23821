import { expect, test } from "vitest";
import { labelMatchers } from "./label-matchers";

test.each([
  [undefined, {}, []],
  ["quantile=p95", { quantile: "p95" }, []],
  ["expression=a=b", { expression: "a=b" }, []],
  ["expression=a!=b", { expression: "a!=b" }, []],
  ['{"core":0}', { core: 0 }, []],
  ["host!=a", {}, [{ label: "host", op: "!=", value: "a" }]],
  ["host=~web-.*", {}, [{ label: "host", op: "=~", value: "web-.*" }]],
  [["host!~a=b", "process=web"], { process: "web" }, [{ label: "host", op: "!~", value: "a=b" }]],
])("%j", (given, metadata, matchers) => {
  expect(labelMatchers.parse(given)).toEqual({ metadata, matchers });
});

test.each(["quantile", "=p95", "{not json"])("%j is refused", (given) => {
  expect(labelMatchers.safeParse(given).success).toBe(false);
});
