import { expect, test } from "vitest";
import { scoreCsv } from "./score-csv";
import { daily, makeSeries, randomNumbers } from "@/lib/testing/made-series";

const toText = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");

test("a CSV comes back with its own timestamps and values, and a score a point", () => {
  const points = makeSeries(10, 15, ({ index, hour, noise }) => (index === 900 ? 500 : daily(hour) + 5 * noise));
  const rows = points.map(({ at, value }) => `${toText(at)},${value}`);
  const [head, ...scored] = scoreCsv(`timestamp,value\n${rows.join("\n")}\n`).split("\n");
  expect(head).toBe("timestamp,value,anomaly_score");
  expect(scored.map((row) => row.slice(0, row.lastIndexOf(",")))).toEqual(rows);
  const scores = scored.map((row) => Number(row.slice(row.lastIndexOf(",") + 1)));
  expect(scores[900]).toBe(1);
  // A score is made of what came before: the rest of the file changes nothing.
  const begin = scoreCsv(`timestamp,value\n${rows.slice(0, 901).join("\n")}`).split("\n");
  expect(begin.slice(1)).toEqual(scored.slice(0, 901));
});

test("columns are found by name, line ends and a byte order mark do not matter", () => {
  expect(scoreCsv("\uFEFFvalue,host,timestamp\r\n1.50,a,2026-01-05T00:00:00Z\r\n")).toBe(
    "timestamp,value,anomaly_score\n2026-01-05T00:00:00Z,1.50,0.000000",
  );
});

test.each([
  ["", "Line 1: the header must name"],
  ["time,value\n", "Line 1: the header must name"],
  ["timestamp,value\n2026-01-05 00:00:00,1\n2026-01-05 00:05:00,\n", 'Line 3: "" is no finite number'],
  ["timestamp,value\n2026-01-05 00:00:00,NaN\n", 'Line 2: "NaN" is no finite number'],
  ["timestamp,value\nyesterday,1\n", 'Line 2: "yesterday" is no time'],
])("%j is refused: %s", (text, message) => expect(() => scoreCsv(text)).toThrow(message));

/**
 * Labelled series of several kinds, made here: what is found and how often it errs, at one threshold for all.
 * Each has its anomaly in the last third.
 */
test("of many labelled series nearly every anomaly is found, with less than one false alarm a week", () => {
  const random = randomNumbers(7);
  let found = 0;
  let falseAlarms = 0;
  const kinds = 5;
  const rounds = 8;
  for (let round = 0; round < rounds; round++) {
    for (let kind = 0; kind < kinds; kind++) {
      const from = 15 + 5 * random();
      const until = from + 0.5;
      const points = makeSeries(
        21,
        5,
        ({ day, hour, noise }) => {
          const inside = day >= from && day < until;
          const level = kind === 0 ? 100 : daily(hour);
          if (kind === 1 && inside) return 150;
          if (kind === 2) return level + (inside ? 25 : 5) * noise;
          if (kind === 3) return level * Math.exp(0.1 * noise) * (inside ? 1.8 : 1);
          return level + 5 * noise + (inside ? (kind === 0 ? -30 : 40) : 0);
        },
        1 + Math.floor(1e9 * random()),
      );
      const text = points.map(({ at, value }) => `${toText(at)},${value}`).join("\n");
      const scores = scoreCsv(`timestamp,value\n${text}`).split("\n").slice(1);
      const days = scores.flatMap((row, i) =>
        Number(row.slice(row.lastIndexOf(",") + 1)) >= 0.5 ? [(i * 5) / 1440] : [],
      );
      if (days.some((day) => day >= from && day < until)) found += 1;
      falseAlarms += days.filter((day) => day > 3 && (day < from || day > until + 1)).length;
    }
  }
  expect(found / (kinds * rounds)).toBeGreaterThan(0.9);
  expect(falseAlarms / (kinds * rounds)).toBeLessThan(2.5);
});
