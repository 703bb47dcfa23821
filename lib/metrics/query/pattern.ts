/**
 * Regular expressions from outside. PostgreSQL runs those without back references and look-arounds as automata, in time that
 * grows with the text alone; what it has to build first grows with the repetitions that are counted out. So the former are
 * refused and the latter limited: the language of RE2, which Prometheus takes too. Pure.
 */
const LONGEST = 300;
const MOST_REPETITIONS = 1_000;

const NOT_ALLOWED: readonly [RegExp, string][] = [
  [/\\[1-9]/, "must not refer back to a group (\\1)"],
  [/\(\?(?!:)/, "must not look around or set options ((?=, (?!, (?<, (?i)); only (?: is allowed after ("],
  [/\\[mMyYAZ]/, "must not use \\m, \\M, \\y, \\Y, \\A or \\Z; a pattern fits the whole value anyway"],
];

/** Why a text is no pattern that is run here; undefined where it is one. */
export function whyNoPattern(pattern: string): string | undefined {
  if (pattern.length > LONGEST) return `must have at most ${LONGEST} characters`;
  const bare = withoutLiterals(pattern);
  for (const [what, message] of NOT_ALLOWED) if (what.test(bare)) return message;
  const times = [...bare.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Math.max(Number(least), Number(most ?? 0), 1),
  );
  if (times.reduce((product, each) => product * each, 1) > MOST_REPETITIONS)
    return `must not repeat more than ${MOST_REPETITIONS} times by {…}, one inside the other counted together`;
  // Close enough to PostgreSQL's language to name what is not closed or repeated; it has the last word itself.
  try {
    RegExp(pattern);
  } catch (error) {
    return `is no regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : "not valid"}`;
  }
  return undefined;
}

/** The pattern with what stands for itself blanked: sets of characters in brackets, and escaped signs. */
function withoutLiterals(pattern: string): string {
  let bare = "";
  for (let i = 0; i < pattern.length; i += 1) {
    const sign = pattern.charAt(i);
    if (sign === "\\") {
      i += 1;
      const escaped = pattern.charAt(i);
      bare += /[0-9A-Za-z]/.test(escaped) ? sign + escaped : "__";
    } else if (sign === "[") {
      i = endOfBrackets(pattern, i);
      bare += "_";
    } else bare += sign;
  }
  return bare;
}

/** Where a set of characters ends that begins at `start`. */
function endOfBrackets(pattern: string, start: number): number {
  let i = start + (pattern.charAt(start + 1) === "^" ? 2 : 1);
  // The first sign is one of the set, whatever it is.
  if (pattern.charAt(i) === "]") i += 1;
  for (; i < pattern.length && pattern.charAt(i) !== "]"; i += 1) {
    const next = pattern.charAt(i + 1);
    if (pattern.charAt(i) === "\\") i += 1;
    else if (pattern.charAt(i) === "[" && /[:.=]/.test(next)) {
      const end = pattern.indexOf(`${next}]`, i + 2);
      i = end === -1 ? pattern.length : end + 1;
    }
  }
  return i;
}
