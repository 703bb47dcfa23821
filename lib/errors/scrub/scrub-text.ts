import type { ScrubSettings } from "./scrub-settings";

/** What stands where a secret was. */
export const FILTERED = "[Filtered]";

interface Pattern {
  /** What it finds, for people. */
  label: string;
  find: RegExp;
  replace: string | ((match: string) => string);
}

const PATTERNS: readonly Pattern[] = [
  {
    label: "private keys",
    find: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
    replace: FILTERED,
  },
  { label: "JSON Web Tokens", find: /\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g, replace: FILTERED },
  {
    label: "user and password of an address",
    find: /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]*:?[^\s/@"'<>]*@/gi,
    replace: `$1${FILTERED}@`,
  },
  {
    label: "user and password before tcp(…)",
    find: /[\w.-]+:[^\s@"']+@(?=(?:tcp|unix)\()/g,
    replace: `${FILTERED}@`,
  },
  {
    label: "values of a header of authorization",
    find: /\b(Bearer|Basic|Digest|Negotiate|ApiKey)(\s+)["']?[\w.~+/=-]{6,}["']?/gi,
    replace: `$1$2${FILTERED}`,
  },
  { label: "cookies of a header", find: /\b((?:set-)?cookie["']?\s*[:=]\s*)[^\r\n]+/gi, replace: `$1${FILTERED}` },
  {
    label: "keys of services",
    find: /\b(?:(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|(?:sk|rk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{16,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|sk-(?:ant-|proj-)?[\w-]{20,}|npm_[A-Za-z0-9]{30,}|SG\.[\w-]{16,}\.[\w-]{16,}|SK[0-9a-f]{32}|AC[0-9a-f]{32}|wk_[\w-]{20,}|re_[\w]{16,}|dop_v1_[0-9a-f]{40,}|hf_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|AGE-SECRET-KEY-1[A-Z0-9]{20,}|\d{8,10}:[\w-]{35})/g,
    replace: FILTERED,
  },
  {
    label: "addresses of webhooks",
    find: /\b(hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/|webhook\.office\.com\/)[^\s"'<>]+/gi,
    replace: `$1${FILTERED}`,
  },
  {
    label: "card numbers",
    find: /(?<![\w.-])[2-6]\d{3}[ -]?(?:\d[ -]?){8,14}\d(?![\w-]|\.\d)/g,
    replace: (match) => (isCard(match) ? FILTERED : match),
  },
  { label: "US social security numbers", find: /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g, replace: FILTERED },
];

const EMAIL: Pattern = {
  label: "e-mail addresses",
  find: /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63})+/gi,
  replace: FILTERED,
};
const ADDRESSES: readonly Pattern[] = [
  {
    label: "IPv4 addresses",
    find: /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g,
    replace: FILTERED,
  },
  {
    label: "IPv6 addresses",
    find: /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?|::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})(?![\w:])/gi,
    replace: FILTERED,
  },
];

/**
 * Looks once for anything that a pattern may find: most texts have nothing, and every pattern on every text costs ten times
 * as much.
 */
const SUSPICIOUS =
  /eyJ|-----BEGIN|:\/\/[^\s/]*@|@(?:tcp|unix)\(|bearer|basic|digest|negotiate|apikey|cookie|AKIA|ASIA|AGPA|AIDA|AROA|AN[PV]A|gh[pousr]_|github_pat|glpat|xox|xapp|[sr]k_|whsec|AIza|ya29|sk-|npm_|SG\.|SK[0-9a-f]|AC[0-9a-f]|wk_|re_|dop_|hf_|pypi-|AGE-|webhook|hooks\.|[2-6]\d{3}[ -]?\d{2,}|\d{3}-\d{2}-|\d{8}:/i;

/** `password =`, `"apiKey":`, `\"token\" =>`, `--secret=`: a name with what stands between it and its value. */
const NAME = /(?<![\w.-])((?:(?:api|access|auth|card|private|secret|session) )?[\w.-]{1,80})["'\\]*\s*(?:=>|[:=])\s*/gi;
const QUOTED = String.raw`\\{0,7}"[^"]*"|'[^']*'`;
/** What a header of authorisation says of itself stays; so does what was taken out before. */
const NO_SECRET = String.raw`(?!\[Filtered\]|(?:Bearer|Basic|Digest|Negotiate|ApiKey)\s)`;
const VALUE = String.raw`(?:${QUOTED}|[^\s,;&"'<>)}\]]+)`;
const VALUES = {
  prose: new RegExp(NO_SECRET + VALUE, "iy"),
  // In a line of source what follows `token =` is more code: only literals are values.
  code: new RegExp(`${NO_SECRET}(?:${QUOTED})`, "iy"),
  // In a literal stands a text; what is filled in later is no value: `token=%s`, `token=${token}`.
  literal: new RegExp(String.raw`${NO_SECRET}(?!["']|[%#$]?\{|%[sdr]|\$\w)${VALUE}`, "iy"),
};
const LITERALS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/**
 * Takes secrets out of a text by what they look like, and by the names that stand before them. Pure.
 * @param isSensitive says whether what has this name is a secret
 * @param kind "code": a line of a program's source
 */
export function createTextScrubber(
  { emails, ipAddresses }: ScrubSettings,
  isSensitive: (name: string) => boolean,
  kind: "prose" | "code" = "prose",
): (text: string) => string {
  const withoutValues = (text: string): string => {
    if (kind === "prose") return withoutNamed(text, isSensitive, VALUES.prose);
    const outside = withoutNamed(text, isSensitive, VALUES.code);
    return outside.replace(LITERALS, (literal) => withoutNamed(literal, isSensitive, VALUES.literal));
  };
  const optional = [...(emails ? [EMAIL] : []), ...(ipAddresses ? ADDRESSES : [])];
  return (text) => {
    if (text.length < 4) return text;
    const known = SUSPICIOUS.test(text) ? apply(PATTERNS, text) : text;
    const found = /[:=]/.test(known) ? withoutValues(known) : known;
    return optional.length > 0 ? apply(optional, found) : found;
  };
}

/** A value that is no secret is looked into: an address has names of its own. */
function withoutNamed(text: string, isSensitive: (name: string) => boolean, value: RegExp): string {
  const name = new RegExp(NAME);
  let scrubbed = "";
  let kept = 0;
  for (let match = name.exec(text); match; match = name.exec(text)) {
    if (!isSensitive(match[1] ?? "")) continue;
    value.lastIndex = name.lastIndex;
    const found = value.exec(text);
    if (!found) continue;
    scrubbed += text.slice(kept, name.lastIndex) + FILTERED;
    kept = value.lastIndex;
    name.lastIndex = kept;
  }
  return kept === 0 ? text : scrubbed + text.slice(kept);
}

function apply(patterns: readonly Pattern[], text: string): string {
  let scrubbed = text;
  for (const { find, replace } of patterns)
    scrubbed = typeof replace === "string" ? scrubbed.replace(find, replace) : scrubbed.replace(find, replace);
  return scrubbed;
}

/** 13 to 19 digits, right by Luhn's sum: one in ten of those that are not a card's is too. */
function isCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, "");
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
