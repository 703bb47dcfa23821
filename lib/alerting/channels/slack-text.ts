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

/** `<url|label>`, or undefined for what is no http(s) address. Pure. */
export function slackLink(url: string, label: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol)) return undefined;
  const address = mrkdwn(parsed.href.replaceAll("|", "%7C"), 2_001);
  return address.endsWith("…") ? undefined : `<${address}|${mrkdwn(label, 100)}>`;
}
