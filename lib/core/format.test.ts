import { expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMs,
  formatPercent,
  formatSeconds,
  formatValue,
} from "./format";

test.each([
  [formatSeconds(0.182), "182 ms"],
  [formatSeconds(1.2), "1.2 s"],
  [formatSeconds(90), "90 s"],
  [formatMs(0.1234), "0.12 ms"],
  [formatMs(182.4), "182 ms"],
  [formatMs(1_200), "1.2 s"],
  [formatDuration(0), "0 s"],
  [formatDuration(-5), "0 s"],
  [formatDuration(59.6), "1 min"],
  [formatDuration(8_040), "2 h 14 min"],
  [formatDuration(86_400), "1 d"],
  [formatDuration(86_460), "1 d 1 min"],
  [formatBytes(0), "0 B"],
  [formatBytes(999), "999 B"],
  [formatBytes(3.4e9), "3.4 GB"],
  [formatBytes(-2_000), "-2 kB"],
  [formatBytes(5e18), "5000 PB"],
  [formatPercent(61.24), "61.2 %"],
  [formatCount(1_204), "1,204"],
])("%s reads %s", (text, expected) => {
  expect(text).toBe(expected);
});

test.each([
  [12.3, "percent", "12.3 %"],
  [182, "ms", "182 ms"],
  [90, "seconds", "90 s"],
  [2e6, "bytes", "2 MB"],
  [2e6, "bytes_per_second", "2 MB/s"],
  [1_500, "per_second", "1,500 /s"],
  [1_500, "count", "1,500"],
  [1_500, "", "1,500"],
  [3, "orders", "3 orders"],
])("%d in %s is %s", (value, unit, expected) => {
  expect(formatValue(value, unit)).toBe(expected);
});
