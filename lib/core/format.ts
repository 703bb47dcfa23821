/** Numbers and durations in the words of the interface: short units, at most three digits. Pure. */

const round = (value: number): string => {
  const size = Math.abs(value);
  const factor = size >= 100 ? 1 : size >= 10 ? 10 : 100;
  return String(Math.round(value * factor) / factor);
};

/** 0.182 → "182 ms", 1.2 → "1.2 s", 90 → "90 s" */
export function formatSeconds(seconds: number): string {
  return Math.abs(seconds) < 1 ? `${round(seconds * 1000)} ms` : `${round(seconds)} s`;
}

/** 182 → "182 ms", 1200 → "1.2 s" */
export function formatMs(ms: number): string {
  return Math.abs(ms) < 1000 ? `${round(ms)} ms` : `${round(ms / 1000)} s`;
}

/** 8040 → "2 h 14 min": the two largest units of a span. */
export function formatDuration(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
    ["s", 1],
  ] as const;
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0 s";
}

/** 3.4e9 → "3.4 GB" (decimal units, as disks are sold) */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(bytes)) / 3)));
  return `${round(bytes / 1000 ** power)} ${units[power]}`;
}

/** 61.2 → "61.2 %" */
export function formatPercent(percent: number): string {
  return `${round(percent)} %`;
}

/** 1204 → "1,204" */
export function formatCount(count: number): string {
  return new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(count);
}

/** A value in a metric's unit ("percent", "ms", "bytes", "per_second", "count", …), also as OpenTelemetry writes it ("By", "s", "1"). */
export function formatValue(value: number, unit: string): string {
  switch (unit) {
    case "percent":
    case "%":
      return formatPercent(value);
    case "ms":
      return formatMs(value);
    case "seconds":
    case "s":
      return formatSeconds(value);
    case "bytes":
    case "By":
      return formatBytes(value);
    case "bytes_per_second":
    case "By/s":
      return `${formatBytes(value)}/s`;
    case "per_second":
      return `${formatCount(value)} /s`;
    case "count":
    case "1":
    case "":
      return formatCount(value);
    default:
      return `${formatCount(value)} ${unit}`;
  }
}

/** "120-180 ms": the unit once where both ends have the same. */
export function formatRange(low: number, high: number, unit: string): string {
  const [from, to] = [formatValue(low, unit), formatValue(high, unit)];
  const [amount, ...rest] = from.split(" ");
  const suffix = rest.length > 0 ? ` ${rest.join(" ")}` : "";
  const shared = suffix !== "" && to.endsWith(suffix) && low >= 0;
  if (shared) return `${amount}-${to}`;
  return low < 0 ? `${from} to ${to}` : `${from}-${to}`;
}
