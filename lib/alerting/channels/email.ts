import { z } from "zod";
import { renderEmail } from "../email/render-email";
import { DeliveryFailure, defineChannel } from "./define-channel";
import { findAddressProblem, from, nameRecipient, recipientsOf, senderOf, to } from "./email-fields";
import { readRetryAfter, retryAfterField } from "./retry-after";

const config = z.strictObject({ from, to });

/** Resend knows a message again by its Idempotency-Key (for 24 hours): nothing needs to be asked after a lost answer. */
export const email = defineChannel({
  label: "Email (Resend)",
  description: "Sends each recipient an email through Resend.",
  config,
  example: { to: ["oncall@example.com"] },
  findProblem: (options, env) =>
    env.RESEND_API_KEY === undefined
      ? "Set RESEND_API_KEY: resend.com/api-keys makes one."
      : findAddressProblem(options, env),
  listTargets: recipientsOf,
  nameTold: nameRecipient,
  send: async (options, message, { env, now, signal }) => {
    const sender = senderOf(options, env);
    if (env.RESEND_API_KEY === undefined || sender === undefined)
      throw new DeliveryFailure("RESEND_API_KEY or the sender's address is not set.", { kind: "channel" });
    const { subject, html, text } = await renderEmail(message.content, message.createdAt);
    // Loaded with the first email: most starts need none of it.
    const { Resend } = await import("resend");
    const resend = new Resend(env.RESEND_API_KEY, env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL } : {});
    const headers = { "Auto-Submitted": "auto-generated", "X-Entity-Ref-ID": message.id };
    // The SDK hands all options on to fetch; its type does not name the signal.
    const request = { idempotencyKey: message.id, signal };
    const answer = await resend.emails.send(
      { from: sender, to: message.target, subject, html, text, headers },
      request,
    );
    if (answer.error) throw failureOf(answer.error, answer.headers?.["retry-after"], now());
    return { id: answer.data.id };
  },
});

interface ResendError {
  name: string;
  message: string;
  /** null without an answer; missing where what answered was not Resend itself (a proxy). */
  statusCode?: number | null;
}

/** What no further try mends until somebody changes a setting. */
const SETTINGS = new Set([
  "missing_api_key",
  "invalid_api_key",
  "restricted_api_key",
  "invalid_from_address",
  "invalid_access",
  "security_error",
]);
const LATER = new Set([
  "rate_limit_exceeded",
  "daily_quota_exceeded",
  "monthly_quota_exceeded",
  "concurrent_idempotent_requests",
]);

/** What an error of Resend means. Pure. */
function failureOf({ name, message, statusCode }: ResendError, retryAfter: string | undefined, now: Date) {
  // Without a status there was no answer. With the same key the next try can't send a second email.
  if (statusCode === null || statusCode === undefined)
    return new DeliveryFailure("Resend could not be reached, or did not answer.", { kind: "retry", isUncertain: true });
  const said = `Resend answered ${statusCode} ${name}: ${message}`;
  if (LATER.has(name) || statusCode === 429 || statusCode === 408) {
    return new DeliveryFailure(said, { kind: "retry", ...retryAfterField(readRetryAfter(retryAfter, now)) });
  }
  if (statusCode >= 500) {
    const wait = retryAfterField(readRetryAfter(retryAfter, now));
    return new DeliveryFailure(said, { kind: "retry", isUncertain: true, ...wait });
  }
  const isAboutSender = name === "validation_error" && /\bfrom\b|domain/i.test(message);
  if (SETTINGS.has(name) || statusCode === 401 || statusCode === 403 || isAboutSender)
    return new DeliveryFailure(`${said} Check RESEND_API_KEY and the sender's domain.`, { kind: "channel" });
  return new DeliveryFailure(said, { kind: "message" });
}
