import { z } from "zod";
import { DeliveryFailure, type Outgoing, defineChannel } from "./define-channel";
import { connectSlack } from "./slack-client";
import { slackErrorOf, slackFailure } from "./slack-errors";
import { findPosted } from "./slack-find";
import { slackMessage } from "./slack-message";

const config = z.strictObject({
  channel: z.string().trim().min(1, "must be a channel's id or name").max(100).optional().meta({
    title: "Channel",
    description: "The channel's id (C0123ABCD) or its name (#ops). SLACK_CHANNEL where left out.",
  }),
  botToken: z
    .string()
    .min(1)
    .optional()
    .meta({ title: "Bot token", description: "SLACK_BOT_TOKEN where left out.", secret: true }),
});

/** A first message for each alert, kept up to date; what comes later goes into its thread. */
export const slack = defineChannel({
  label: "Slack",
  description: "Posts to a Slack channel, with buttons to acknowledge and to silence.",
  config,
  example: { channel: "C0123ABCD" },
  findProblem: ({ channel, botToken }, env) => {
    if ((botToken ?? env.SLACK_BOT_TOKEN) === undefined)
      return "Set SLACK_BOT_TOKEN: the bot token (xoxb-…) of your Slack app.";
    if ((channel ?? env.SLACK_CHANNEL) === undefined) return "Set SLACK_CHANNEL, or the channel's id in the settings.";
    return undefined;
  },
  listTargets: ({ channel }, env) => {
    const target = channel ?? env.SLACK_CHANNEL;
    return target === undefined ? [] : [target];
  },
  send: async ({ botToken }, message, context) => {
    const client = await connectSlack(botToken, context);
    const post = { channel: message.target, unfurl_links: false, unfurl_media: false, ...slackMessage(message) };
    const thread = threadOf(message);
    const answer = await client.chat
      .postMessage(thread ? { ...post, ...thread } : post)
      .catch((error: unknown) => {
        // Somebody deleted the first message: the alert matters more than its place.
        if (thread && slackErrorOf(error) === "thread_not_found") return client.chat.postMessage(post);
        throw error;
      })
      .catch((error: unknown) => Promise.reject(slackFailure(error, context.now())));
    if (answer.ts === undefined) throw new DeliveryFailure("Slack answered without a time.", { kind: "message" });
    // Of a channel that was given by name this is its id, by which it is looked into later.
    return { channel: answer.channel ?? message.target, ts: answer.ts };
  },
  find: async ({ botToken }, message, context) => {
    const client = await connectSlack(botToken, context);
    return findPosted(client, message, threadOf(message)?.thread_ts).catch((error: unknown) =>
      Promise.reject(slackFailure(error, context.now())),
    );
  },
  update: async ({ botToken }, reference, message, context) => {
    const { channel = message.target, ts } = reference;
    if (ts === undefined) throw new DeliveryFailure("The first message is not known to Slack.", { kind: "message" });
    const client = await connectSlack(botToken, context);
    await client.chat
      .update({ channel, ts, ...slackMessage(message) })
      .catch((error: unknown) => Promise.reject(slackFailure(error, context.now())));
  },
});

const LATER_KINDS = new Set(["reminder", "resolved", "escalated", "undelivered"]);

/** What comes later about an alert goes into the thread of its first message; what everybody should see also beside it. */
function threadOf({
  first,
  content: { alerts },
}: Outgoing): { thread_ts: string; reply_broadcast: boolean } | undefined {
  const ts = first?.["ts"];
  if (ts === undefined || !alerts.every(({ kind }) => LATER_KINDS.has(kind))) return undefined;
  return {
    thread_ts: ts,
    reply_broadcast: alerts.some(({ kind }) => kind === "escalated" || kind === "resolved"),
  };
}
