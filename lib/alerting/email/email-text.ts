import type { AlertWords, MoreAlerts } from "./describe-alert";

/** The text version: for terminals, watches and those who want no HTML. Pure. */
export function emailText(words: readonly AlertWords[], rest: MoreAlerts | null, footer: string): string {
  const parts = words.map(({ label, subject, summary, facts, effects, note, links }) =>
    [
      `${label.toUpperCase()}: ${subject}`,
      summary,
      ...(note === null ? [] : ["", `! ${note}`]),
      "",
      ...facts.map(([name, value]) => `${name}: ${value}`),
      ...(effects.length === 0 ? [] : ["", "Because of it:", ...effects.map((effect) => `- ${effect}`)]),
      "",
      ...links.map((link) => `${link.label}: ${link.url}`),
    ].join("\n"),
  );
  if (rest) parts.push(`And ${rest.count} more: ${rest.names}\n\nSee all alerts: ${rest.url}`);
  return `${[...parts, footer].join("\n\n----\n\n")}\n`;
}
