import type { ExposedSample } from "./exposition";

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const SPACE = /[ \t]*/y;
const WORD = /[^ \t]+/y;
/** Milliseconds of the last moment that a Date can be. */
const LATEST = 8.64e15;
/** Longer than any name that is stored. */
const MAX_NAME = 1_000;

/** Reads one line from the left; what it read last is behind it. */
interface Reader {
  text: string;
  at: number;
}

/**
 * One sample: `name{label="value",…} value [timestamp] [# exemplar]`, the name also quoted inside the braces
 * (https://prometheus.io/docs/instrumenting/exposition_formats). Exemplars are passed over.
 * @param secondsTimestamps OpenMetrics gives seconds, the older text format milliseconds
 * @throws Error saying what is wrong where
 */
export function parseSampleLine(text: string, secondsTimestamps: boolean): ExposedSample {
  const reader: Reader = { text, at: 0 };
  let name = take(reader, NAME);
  // Without a prototype: a label may be called __proto__ or constructor.
  const labels: Record<string, string> = Object.create(null);
  take(reader, SPACE);
  if (text[reader.at] === "{") {
    reader.at += 1;
    const quotedName = readLabels(reader, labels);
    if (quotedName !== undefined && name !== "") throw wrong(reader, "a second metric name");
    name ||= quotedName ?? "";
  }
  if (name === "") throw wrong(reader, "a metric name is missing");
  if (name.length > MAX_NAME) throw wrong(reader, `a metric name has more than ${MAX_NAME} characters`);
  take(reader, SPACE);
  const value = readNumber(take(reader, WORD), reader);
  take(reader, SPACE);
  const rest = text[reader.at] === "#" ? "" : take(reader, WORD);
  take(reader, SPACE);
  if (reader.at < text.length && text[reader.at] !== "#") throw wrong(reader, "more than a value and a time");
  if (rest === "") return { name, labels, value };
  const time = Number(rest);
  if (!Number.isFinite(time) || Math.abs(time) > LATEST) throw wrong(reader, `"${rest.slice(0, 40)}" is not a time`);
  return { name, labels, value, timestampMs: secondsTimestamps ? time * 1000 : time };
}

/** Reads `label="value", …}`. @returns the metric's name where it stands among them in quotes */
function readLabels(reader: Reader, labels: Record<string, string>): string | undefined {
  let name: string | undefined;
  for (;;) {
    take(reader, SPACE);
    if (reader.text[reader.at] === "}") {
      reader.at += 1;
      return name;
    }
    const isQuoted = reader.text[reader.at] === '"';
    const label = isQuoted ? readQuoted(reader) : take(reader, LABEL);
    take(reader, SPACE);
    if (isQuoted && name === undefined && /[,}]/.test(reader.text[reader.at] ?? "")) name = label;
    else {
      if (label === "") throw wrong(reader, "a label name is missing");
      if (reader.text[reader.at] !== "=") throw wrong(reader, `"=" is missing after the label ${label}`);
      reader.at += 1;
      take(reader, SPACE);
      if (Object.hasOwn(labels, label)) throw wrong(reader, `the label ${label} stands there twice`);
      labels[label] = readQuoted(reader);
    }
    take(reader, SPACE);
    if (reader.text[reader.at] === ",") reader.at += 1;
    else if (reader.text[reader.at] !== "}") throw wrong(reader, '"," or "}" is missing after a label');
  }
}

function readQuoted(reader: Reader): string {
  const { text } = reader;
  if (text[reader.at] !== '"') throw wrong(reader, "a quoted text is missing");
  let value = "";
  let from = reader.at + 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') {
      reader.at = at + 1;
      return value + text.slice(from, at);
    }
    if (text[at] !== "\\") continue;
    const escaped = text[at + 1];
    value += text.slice(from, at) + (escaped === "n" ? "\n" : (escaped ?? ""));
    at += 1;
    from = at + 1;
  }
  throw wrong(reader, "a quoted text does not end");
}

function readNumber(text: string, reader: Reader): number {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special) {
    if (special[2]?.toLowerCase() === "nan") return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const value = text === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value))
    throw wrong(reader, text === "" ? "the value is missing" : `"${text.slice(0, 40)}" is not a number`);
  return value;
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? "";
  reader.at += found.length;
  return found;
}

const wrong = ({ at }: Reader, what: string): Error => new Error(`${what} (at character ${at + 1})`);
