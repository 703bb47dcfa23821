import { isIPv6 } from "node:net";

type Word = string | ((match: string) => string);

/** What differs between two messages of the same fault, in the order in which it is looked for. */
const PARTS: readonly (readonly [find: RegExp, word: Word])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "<email>"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>)\]]+/gi, "<url>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<uuid>"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, "<ip>"],
  [/(?<![\w:])[0-9a-f:]{2,39}(?![\w:])/gi, (match) => (isIPv6(match) ? "<ip>" : match)],
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[ ]?[+-]\d{2}:?\d{2})?)?/g, "<date>"],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \w{3} \d{1,2}[^'"\n]{0,30}?(?:\d{4}|GMT)/g, "<date>"],
  [/\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\b/g, "<time>"],
  [/\b0x[0-9a-f]+\b/gi, "<hex>"],
  // Without a digit it is a word: "defaced".
  [/\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,}\b/gi, "<hex>"],
  [/\b\d+(?:\.\d+)?\s?(?:ns|µs|us|ms|s|sec|secs|seconds?|m|min|minutes?|h|hours?|days?)\b/g, "<duration>"],
  // A name between quotes says what is wrong; an id, a place or a sentence says to whom.
  [/(?<!\w)'[^'\n]*'(?!\w)|"[^"\n]*"|`[^`\n]*`/g, (match) => (/[\d\s@/]/.test(match) ? "<text>" : match)],
  [/(?<![\w.])[+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?%?(?![\w])/gi, "<number>"],
  [/\d+/g, "<number>"],
];

const MAX_LINES = 2;

/** A message without what differs from one time to the next: its first two lines that are not empty. Pure. */
export function normaliseMessage(message: string): string {
  const lines = message
    .slice(0, 2_000)
    .split("\n")
    .filter((line) => line.trim() !== "");
  let text = lines.slice(0, MAX_LINES).join("\n");
  for (const [find, word] of PARTS)
    text = typeof word === "string" ? text.replace(find, word) : text.replace(find, word);
  return text.replaceAll(/[ \t]+/g, " ").trim();
}
