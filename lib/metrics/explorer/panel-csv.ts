import type { PanelChart } from "./panel-result";

/**
 * A chart as a CSV file (RFC 4180): one line a point in time, in UTC; one column a series, empty where nothing was recorded. Pure.
 */
export function panelCsv({ lines, start, step, times, unit }: PanelChart): string {
  const count = Math.max(...lines.map(({ values }) => values.length), 0);
  const suffix = unit ? ` (${unit})` : "";
  const columns = lines.flatMap(({ label, values, before, usual }) => [
    { label, values },
    ...(before ? [{ label: `${label} before`, values: before }] : []),
    ...(usual
      ? [
          { label: `${label} usual from`, values: usual.low },
          { label: `${label} usual to`, values: usual.high },
        ]
      : []),
  ]);
  const header = columns.map(({ label }) => `${label}${suffix}`);
  const rows = Array.from({ length: count }, (_, index) => [
    new Date(times?.[index] ?? start + index * step).toISOString(),
    ...columns.map(({ values }) => values[index] ?? null),
  ]);
  return [["time", ...header], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // A label comes from outside: a spreadsheet must not run it as a formula.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
