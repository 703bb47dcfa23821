import { createHmac } from "node:crypto";
import { z } from "zod";
import { messageOf } from "@/lib/core/errors";
import { sendOutbound } from "@/lib/core/outbound";
import { httpHeaders, httpUrl } from "@/lib/checks/fields";
import { alertmanagerBody } from "./alertmanager-body";
import { DeliveryFailure, type Outgoing, defineChannel } from "./define-channel";
import { mayHaveArrived } from "./lost-answer";
import { readRetryAfter, retryAfterField } from "./retry-after";

const config = z.strictObject({
  url: httpUrl.meta({ title: "URL", description: "Gets a POST for each message.", secret: true }),
  secret: z.string().min(8, "must have at least 8 characters").optional().meta({
    title: "Secret",
    description: "Signs the body: X-Watchkeeper-Signature: t=<time>,v1=<HMAC-SHA256 of `time.body`>.",
    secret: true,
  }),
  headers: httpHeaders,
});

/** Whatever takes Alertmanager's webhooks takes these. */
export const webhook = defineChannel({
  label: "Webhook",
  description: "Posts alerts in the format of Alertmanager's webhook, signed.",
  config,
  example: { url: "https://hooks.example.com/alerts", secret: "a shared secret" },
  findProblem: () => undefined,
  // The path may hold a secret: the host names it.
  listTargets: ({ url }) => [new URL(url).host],
  send: async ({ url, secret, headers }, message, { now, signal }) => {
    const body = JSON.stringify(alertmanagerBody(message));
    const response = await sendOutbound({
      url: new URL(url),
      method: "POST",
      headers: { ...headers, ...ownHeaders(message, body, secret, now()) },
      body,
      signal,
    }).catch((error: unknown) => {
      const isUncertain = mayHaveArrived(error);
      throw new DeliveryFailure(`${message.target} could not be told: ${messageOf(error)}.`, {
        kind: "retry",
        isUncertain,
      });
    });
    const meaning = meaningOf(response.status);
    if (meaning === "sent") return { status: String(response.status) };
    const wait = readRetryAfter(response.headers["retry-after"], now());
    throw new DeliveryFailure(`${message.target} answered ${response.status}${ADVICE[meaning]}`, {
      kind: meaning,
      ...(meaning === "retry" && retryAfterField(wait)),
    });
  },
});

function ownHeaders({ id }: Outgoing, body: string, secret: string | undefined, now: Date): Record<string, string> {
  const time = Math.floor(now.getTime() / 1000);
  return {
    "content-type": "application/json",
    "user-agent": "Watchkeeper/0.1 (alerts)",
    "idempotency-key": id,
    ...(secret !== undefined && {
      "x-watchkeeper-signature": `t=${time},v1=${createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")}`,
    }),
  };
}

type Meaning = "sent" | "retry" | "message" | "channel";

const ADVICE: Record<Meaning, string> = {
  sent: ".",
  retry: ".",
  message: ": it does not take this message.",
  channel: ": check the channel's URL and headers.",
};

/** What each status means, where it is not that of its hundred. */
const BY_STATUS: Readonly<Record<number, Meaning>> = {
  401: "channel",
  403: "channel",
  404: "channel",
  405: "channel",
  408: "retry",
  409: "retry",
  410: "channel",
  421: "retry",
  423: "retry",
  425: "retry",
  429: "retry",
  501: "channel",
};
/** By the first digit: a redirect would lose the body, so that the final address must be given. */
const BY_HUNDRED: Readonly<Record<number, Meaning>> = { 2: "sent", 3: "channel", 4: "message", 5: "retry" };

/** The one table that says for each HTTP status whether to try again. Pure. */
export const meaningOf = (status: number): Meaning =>
  BY_STATUS[status] ?? BY_HUNDRED[Math.floor(status / 100)] ?? "retry";
