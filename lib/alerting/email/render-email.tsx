import { headline, shorten } from "../headline";
import type { MessageContent } from "../message";
import { AlertEmail } from "./alert-email";
import { describeAlert } from "./describe-alert";
import { emailText } from "./email-text";
import { loadPieces } from "./load-pieces";

/** What one email shows of a large outage in full; of the others it says the names. */
const MAX_ALERTS = 20;
const MAX_NAME = 60;

/**
 * A message as an email: subject, HTML and text, all from the same words.
 * @param at when the message was formed: durations are counted until then, so that each try sends the same email
 */
export async function renderEmail(
  content: MessageContent,
  at: Date,
): Promise<{ subject: string; html: string; text: string }> {
  const subject = headline(content, at);
  const words = content.alerts.slice(0, MAX_ALERTS).map((alert) => describeAlert(alert, content.appUrl, at));
  const names = content.alerts.slice(MAX_ALERTS).map(({ subject: name }) => shorten(name, MAX_NAME));
  const rest =
    names.length === 0 ? null : { count: names.length, names: names.join(", "), url: `${content.appUrl}/alerts` };
  const footer = `Sent by Watchkeeper on ${content.installation}`;
  const pieces = await loadPieces();
  const html = await pieces.render(
    <AlertEmail pieces={pieces} subject={subject} words={words} rest={rest} footer={footer} />,
  );
  return { subject, html, text: emailText(words, rest, footer) };
}
