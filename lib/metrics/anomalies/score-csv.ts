import { Problem } from "@/lib/core/errors";
import { createDetector, step } from "./detector";

const invalid = (line: number, message: string) => new Problem("invalid", `Line ${line}: ${message}`);

/** A time with a zone or "Z" is taken as it says, one without as UTC; "2014-04-01 00:00:00" is such a one. */
function parseTime(text: string): Date {
  const iso = text.trim().replace(" ", "T");
  return new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
}

/**
 * Scores a CSV of one series, each point by those before it. Pure.
 * @param text a header that names `timestamp` and `value`, then a line a point, in time order
 * @returns a CSV `timestamp,value,anomaly_score` with the timestamps and values as they were written
 * @throws Problem invalid, naming the line, when a column is missing or a cell can't be read
 */
export function scoreCsv(text: string): string {
  const [head = "", ...lines] = text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/);
  const columns = head.split(",").map((name) => name.trim());
  const time = columns.indexOf("timestamp");
  const amount = columns.indexOf("value");
  if (time < 0 || amount < 0) throw invalid(1, 'the header must name the columns "timestamp" and "value".');
  const state = createDetector();
  const scored = lines.map((line, i) => {
    const cells = line.split(",");
    const timestamp = cells[time] ?? "";
    const written = cells[amount] ?? "";
    const at = parseTime(timestamp);
    const value = written.trim() === "" ? Number.NaN : Number(written);
    if (Number.isNaN(at.getTime())) throw invalid(i + 2, `"${timestamp}" is no time; write 2026-01-31 14:00:00 (UTC).`);
    if (!Number.isFinite(value)) throw invalid(i + 2, `"${written}" is no finite number.`);
    return `${timestamp},${written},${step(state, { at, value }).score.toFixed(6)}`;
  });
  return ["timestamp,value,anomaly_score", ...scored].join("\n");
}
