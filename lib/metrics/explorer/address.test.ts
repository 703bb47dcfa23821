import { expect, test } from "vitest";
import { readAddress, writeAddress } from "./address";

test("an address is readable and stays the same when it is read and written", () => {
  const query =
    "q=p95:latency(host=~web-.*,route!=/health)by(host)&q=avg:cpu_usage&range=7d&from=2026-11-25T08:00Z&to=2026-11-25T09:30:15Z&step=1d&tz=Europe/Berlin&compare=week";
  expect(writeAddress(readAddress(`?${query}`))).toBe(query);
});

test("what makes no sense is as it always is", () => {
  expect(
    readAddress("range=2w&from=2026-11-25T08:00Z&to=2026-11-24T08:00Z&step=7&tz=Europe/Berlin&compare=x&nothing=1"),
  ).toEqual({ panels: [], range: "24h", zoom: undefined, step: undefined, timezone: undefined, compare: undefined });
  expect(writeAddress(readAddress(""))).toBe("");
});

test("a panel that can't be read stays in the address, with the reason", () => {
  const address = readAddress("q=avg:cpu(host)&q=cpu");
  expect(address.panels).toMatchObject([
    { text: "avg:cpu(host)", problem: expect.stringContaining("a filter is like") },
    { text: "avg:cpu", query: { name: "cpu", agg: "avg" } },
  ]);
  expect(writeAddress(address)).toBe("q=avg:cpu(host)&q=avg:cpu");
});

test("a page has so many panels at most", () => {
  expect(readAddress(Array.from({ length: 40 }, () => "q=a").join("&")).panels).toHaveLength(12);
});

test("signs that would end the value are encoded", () => {
  const panel = {
    name: "cpu",
    agg: "avg" as const,
    matchers: [{ label: "a&b", op: "=" as const, value: "1+1#2 %" }],
    by: undefined,
  };
  const query = writeAddress({ ...readAddress(""), panels: [{ text: "avg:cpu(a&b=1+1#2 %)", query: panel }] });
  expect(query).toBe("q=avg:cpu(a%26b=1%2B1%232%20%25)");
  expect(readAddress(query).panels).toMatchObject([{ query: panel }]);
});
