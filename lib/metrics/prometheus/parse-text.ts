import { type ExposedSample, type Exposition, FAMILY_TYPES, type Family, type FamilyType } from "./exposition";
import { parseSampleLine } from "./parse-line";

/** So many wrong lines, and nothing more is read: this is no exposition. */
export const MAX_PROBLEMS = 100;
const MAX_LINE = 20_000;

/** What a family's type lets stand behind its name. */
const SUFFIXES: Readonly<Record<FamilyType, readonly string[]>> = {
  counter: ["_total", "_created", ""],
  gauge: [""],
  histogram: ["_bucket", "_sum", "_count", "_created"],
  gaugehistogram: ["_bucket", "_gsum", "_gcount"],
  summary: ["", "_sum", "_count", "_created"],
  info: ["_info", ""],
  stateset: [""],
  unknown: [""],
};

/**
 * Reads the text exposition of a target: Prometheus text 0.0.4 and OpenMetrics 1.0. A line that is wrong is told and left
 * out, the others are kept: half of what a target says is better than nothing of it.
 * @param isOpenMetrics by the answer's content type: times are seconds then
 * @param limit most samples, and most families; what comes after is not read, nor after a hundred wrong lines
 */
export function parseExposition(
  text: string,
  { isOpenMetrics = false, limit = Number.POSITIVE_INFINITY }: { isOpenMetrics?: boolean; limit?: number } = {},
): Exposition {
  const families = new Map<string, Family>();
  /** By a sample's whole name. */
  const bySample = new Map<string, Family>();
  const exposition: Exposition = { families: [], problems: [], samples: 0, ended: false };
  const family = (name: string): Family => {
    const known = families.get(name);
    if (known) return known;
    const made: Family = { name, type: "unknown", unit: "", samples: [] };
    families.set(name, made);
    exposition.families.push(made);
    return made;
  };
  const describe = (line: string) => {
    const [, keyword, name, value = ""] = /^#\s+(TYPE|UNIT)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
    if (!keyword || !name) return;
    const described = family(unquote(name));
    if (keyword === "UNIT") described.unit = value.trim();
    else described.type = typeOf(value.trim());
    for (const suffix of SUFFIXES[described.type]) bySample.set(described.name + suffix, described);
  };
  const add = (sample: ExposedSample) => {
    const owner = bySample.get(sample.name) ?? family(sample.name);
    bySample.set(sample.name, owner);
    owner.samples.push(sample);
    exposition.samples += 1;
  };

  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (line === "") continue;
    // Every described family may also stand without a sample: no more of them than of samples.
    if (exposition.samples > limit || families.size > limit || exposition.problems.length >= MAX_PROBLEMS) break;
    if (line.startsWith("#")) {
      exposition.ended = line === "# EOF";
      if (isOpenMetrics && exposition.ended) break;
      if (line.length <= MAX_LINE) describe(line);
      continue;
    }
    try {
      if (line.length > MAX_LINE) throw new Error(`longer than ${MAX_LINE} characters`);
      add(parseSampleLine(line, isOpenMetrics));
    } catch (error) {
      exposition.problems.push({ line: number, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return exposition;
}

function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf("\n", from);
    const to = end === -1 ? text.length : end;
    yield text.slice(from, to).trim();
    from = to + 1;
  }
}

/** "untyped" is the older word for unknown. */
const typeOf = (text: string): FamilyType => FAMILY_TYPES.find((type) => type === text) ?? "unknown";
const unquote = (name: string): string => (/^".*"$/.test(name) ? name.slice(1, -1) : name);
