/** HTML and XML that was made here: everything that came from outside was escaped on its way in. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[] | null | undefined | false;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** What no XML 1.0 document may hold, not even escaped; lone halves of a pair of surrogates too. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Most texts have nothing of it, and there are thousands in a page. */
// oxlint-disable-next-line no-control-regex
const NEEDS_WORK = /[&<>"'\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;

/** Text for an element or a quoted attribute, of HTML and of XML. Pure. */
export const escapeText = (text: string): string =>
  !NEEDS_WORK.test(text)
    ? text
    : text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

/** What is markup already and known to be safe, as it is. */
export const raw = (markup: string): Markup => ({ markup });

const textOf = (part: Part): string => {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
};

/** A template whose values are escaped, unless they are markup themselves. Pure. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const own = withoutIndent.get(texts) ?? texts.map((text) => text.replace(/\n\s+/g, "\n"));
  withoutIndent.set(texts, own);
  return raw(own.map((text, index) => text + textOf(parts[index])).join(""));
}

const withoutIndent = new WeakMap<TemplateStringsArray, readonly string[]>();
