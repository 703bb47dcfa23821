/** One metric to expose, with all of its samples. */
export interface ExposedFamily {
  name: string;
  type: "counter" | "gauge";
  help: string;
  /** OpenMetrics only. */
  unit?: string;
  samples: { labels: Readonly<Record<string, string>>; value: number; timestampMs?: number }[];
}

export type Format = "text" | "openmetrics";

export const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/** What a scraper asks for: OpenMetrics where it is named, the older text for everybody else. */
export function formatFor(accept: string | null): Format {
  return accept !== null && /application\/openmetrics-text(?![^,]*;\s*q=0(\.0*)?\s*(,|$))/i.test(accept)
    ? "openmetrics"
    : "text";
}

/**
 * Families as Prometheus text 0.0.4 or OpenMetrics 1.0. Names and labels must be in the form that they allow
 * (metricName, labelName); a series that comes twice is written once, since a scraper refuses everything over it.
 */
export function writeExposition(families: readonly ExposedFamily[], format: Format): string {
  const lines: string[] = [];
  const described = new Set<string>();
  for (const { name, type, help, unit, samples } of families) {
    if (samples.length === 0) continue;
    // In OpenMetrics a counter's family goes without the _total that its samples carry.
    const family = format === "openmetrics" && type === "counter" ? name.replace(/_total$/, "") : name;
    // A scraper refuses a family that comes twice (a gauge x beside a counter x_total): the first one stays.
    if (described.has(family)) continue;
    described.add(family);
    lines.push(`# HELP ${family} ${escapeHelp(help, format)}`, `# TYPE ${family} ${type}`);
    if (format === "openmetrics" && unit && family.endsWith(`_${unit}`)) lines.push(`# UNIT ${family} ${unit}`);
    const seen = new Set<string>();
    for (const { labels, value, timestampMs } of samples) {
      const text = labelsText(labels);
      if (seen.has(text)) continue;
      seen.add(text);
      lines.push(`${name}${text} ${numberText(value)}${timeText(timestampMs, format)}`);
    }
  }
  if (format === "openmetrics") lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}

/** Any text as a metric's name. */
export const metricName = (text: string): string => text.replace(/[^a-zA-Z0-9_:]/g, "_").replace(/^(?=\d)/, "_");

/** Any text as a label's name; those that start with two underscores are Prometheus's own. */
export const labelName = (text: string): string =>
  text
    .replace(/[^a-zA-Z0-9_]/g, "_")
    .replace(/^(?=\d)/, "_")
    .replace(/^__+/, "_");

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? "" : `{${pairs.map(([name, value]) => `${name}="${escapeLabel(value)}"`).join(",")}}`;
}

function timeText(timestampMs: number | undefined, format: Format): string {
  if (timestampMs === undefined) return "";
  return ` ${format === "openmetrics" ? timestampMs / 1000 : timestampMs}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return String(value);
}

const escapeLabel = (text: string) => text.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`));
const escapeHelp = (text: string, format: Format) =>
  text.replace(format === "openmetrics" ? /[\\"\n]/g : /[\\\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`));
