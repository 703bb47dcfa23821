import { z } from "zod";
import { messageOf } from "@/lib/core/errors";
import { orEnded } from "@/lib/core/network-errors";
import { renderEmail } from "../email/render-email";
import { DeliveryFailure, type Outgoing, defineChannel } from "./define-channel";
import { findAddressProblem, from, nameRecipient, recipientsOf, senderOf, to } from "./email-fields";

const config = z.strictObject({
  url: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, "must be an SMTP connection string, like smtp://user:password@mail.example.com:587")
    .refine(URL.canParse, "must be a connection string; special characters in a password are percent-encoded")
    .optional()
    .meta({ title: "SMTP URL", description: "SMTP_URL where left out.", secret: true }),
  from,
  to,
});

const TIMEOUT_MS = 15_000;

/** For those without Resend. A server can't be asked what it has: the Message-ID stays, so that mailboxes may fold a doubling. */
export const smtp = defineChannel({
  label: "Email (SMTP)",
  description: "Sends each recipient an email through a mail server.",
  config,
  example: { url: "smtp://user:password@mail.example.com:587", to: ["oncall@example.com"] },
  findProblem: (options, env) =>
    (options.url ?? env.SMTP_URL) === undefined
      ? "Set SMTP_URL, or the mail server in the channel."
      : findAddressProblem(options, env),
  listTargets: recipientsOf,
  nameTold: nameRecipient,
  send: async (options, message, { env, signal }) => {
    const url = options.url ?? env.SMTP_URL;
    const sender = senderOf(options, env);
    if (url === undefined || sender === undefined)
      throw new DeliveryFailure("SMTP_URL or the sender's address is not set.", { kind: "channel" });
    const { subject, html, text } = await renderEmail(message.content, message.createdAt);
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const messageId = messageIdOf(message);
    const first = message.first?.["messageId"];
    try {
      const sending = transport.sendMail({
        from: sender,
        to: message.target,
        subject,
        html,
        text,
        messageId,
        ...(first !== undefined && { inReplyTo: first, references: first }),
        headers: { "Auto-Submitted": "auto-generated" },
      });
      await orEnded(sending, signal, "sending the email");
      return { messageId };
    } catch (error) {
      throw failureOf(error, new URL(url).hostname);
    } finally {
      transport.close();
    }
  },
});

/** The same for all tries of a message. */
function messageIdOf({ id, content }: Outgoing): string {
  const host = content.installation.replace(/:\d+$/, "").replaceAll(/[^\w.-]/g, "");
  return `<${id}@${host === "" ? "watchkeeper" : host}>`;
}

const NEVER_CONNECTED =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|Greeting never received|before secure TLS connection/;
/** TLS comes before the first word: with these nothing was sent, and no further try mends them. */
const UNTRUSTED = /certificate|altnames|self.signed/i;
const NO_TLS = /wrong version number|SSL routines/i;

const smtpError = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
});

/** What an error of the mail server or on the way to it means. Pure. */
function failureOf(error: unknown, host: string): DeliveryFailure {
  const { code, command = "", responseCode, response = "" } = smtpError.safeParse(error).data ?? {};
  if (responseCode !== undefined) {
    const said = `${host} answered ${response.slice(0, 300) || responseCode}.`;
    if (code === "EAUTH" && responseCode >= 500)
      return new DeliveryFailure(`${said} Check the user and password in the SMTP URL.`, { kind: "channel" });
    if (responseCode < 500) return new DeliveryFailure(said, { kind: "retry" });
    if (command.startsWith("MAIL FROM"))
      return new DeliveryFailure(`${said} It does not take mail from this sender.`, { kind: "channel" });
    return new DeliveryFailure(said, { kind: "message" });
  }
  if (code === "EAUTH") return new DeliveryFailure(`${host} does not take this sign-in.`, { kind: "channel" });
  const reason = messageOf(error);
  if (NO_TLS.test(reason))
    return new DeliveryFailure(`${host} speaks no TLS on this port: smtp:// instead of smtps:// begins without it.`, {
      kind: "channel",
    });
  if (UNTRUSTED.test(reason))
    return new DeliveryFailure(`The certificate of ${host} is not trusted: ${reason.slice(0, 200)}.`, {
      kind: "channel",
    });
  // nodemailer does not say how far it was: only a connection that never stood says that nothing arrived.
  const isUncertain = !NEVER_CONNECTED.test(reason);
  const said = `The email could not be given to ${host}: ${reason.slice(0, 300)}.`;
  return new DeliveryFailure(said, { kind: "retry", isUncertain });
}
