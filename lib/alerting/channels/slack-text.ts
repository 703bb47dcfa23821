/**
 * A text from outside as Slack's mrkdwn: what would make a link, a mention or a channel call is escaped, and what is too long
 * for its place is cut between characters, never inside an escape. Pure.
 */
export function mrkdwn(text: string, maxLength: number): string {
  let escaped = "";
  for (const character of text) {
    const next = ESCAPES[character] ?? character;
    if (escaped.length + next.length > maxLength - 1) return `${escaped}…`;
    escaped += next;
  }
  return escaped;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Texts one after the other, in as few pieces of at most so many characters as hold them; none is longer than that. Pure. */
export function inPieces(texts: readonly string[], maxLength: number): string[] {
  const pieces: string[] = [];
  for (const text of texts) {
    const last = pieces.at(-1);
    const longer = last === undefined ? text : `${last}, ${text}`;
    if (last !== undefined && longer.length <= maxLength) pieces[pieces.length - 1] = longer;
    else pieces.push(text);
  }
  return pieces;
}

/** `<url|label>`, or undefined for what is no http(s) address. Pure. */
export function slackLink(url: string, label: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol)) return undefined;
  const address = mrkdwn(parsed.href.replaceAll("|", "%7C"), 2_001);
  return address.endsWith("…") ? undefined : `<${address}|${mrkdwn(label, 100)}>`;
}
