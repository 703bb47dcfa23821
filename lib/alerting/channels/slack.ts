import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { type ChannelContext, DeliveryFailure, type Outgoing, defineChannel } from "./define-channel";
import { slackErrorOf, slackFailure } from "./slack-errors";
import { METADATA_TYPE, slackMessage } from "./slack-message";

const config = z.strictObject({
  channel: z.string().trim().min(1, "must be a channel's id or name").max(100).optional().meta({
    title: "Channel",
    description:
      "The channel's id (C0123ABCD) is best: by it a message whose answer was lost is looked for. SLACK_CHANNEL where left out.",
  }),
  botToken: z
    .string()
    .min(1)
    .optional()
    .meta({ title: "Bot token", description: "SLACK_BOT_TOKEN where left out.", secret: true }),
});
type Config = z.output<typeof config>;

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
  send: async (options, message, context) => {
    const client = await connect(options, context);
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
    return { channel: answer.channel ?? message.target, ts: answer.ts };
  },
  find: async (options, message, context) => {
    const client = await connect(options, context);
    const thread = threadOf(message);
    const where = {
      channel: message.first?.["channel"] ?? message.target,
      oldest: String(Math.floor(message.createdAt.getTime() / 1000) - CLOCKS_DIFFER_S),
      include_all_metadata: true,
      limit: PAGE,
    };
    try {
      let cursor = "";
      for (let page = 0; page < MAX_PAGES; page++) {
        const request = { ...where, ...(cursor !== "" && { cursor }) };
        const answer = thread
          ? await client.conversations.replies({ ...request, ts: thread.thread_ts })
          : await client.conversations.history(request);
        const found = answer.messages?.find(({ metadata }) => idIn(metadata) === message.id);
        if (found?.ts !== undefined) return { channel: where.channel, ts: found.ts };
        cursor = answer.response_metadata?.next_cursor ?? "";
        if (cursor === "") return undefined;
      }
      return undefined;
    } catch (error) {
      // An app without the scope channels:history, or a channel given by name, can't be looked into: then it is posted again.
      if (NOT_ASKABLE.has(slackErrorOf(error) ?? "")) return undefined;
      throw slackFailure(error, context.now());
    }
  },
  update: async (options, reference, message, context) => {
    const { channel = message.target, ts } = reference;
    if (ts === undefined) throw new DeliveryFailure("The first message is not known to Slack.", { kind: "message" });
    const client = await connect(options, context);
    await client.chat
      .update({ channel, ts, ...slackMessage(message) })
      .catch((error: unknown) => Promise.reject(slackFailure(error, context.now())));
  },
});

const PAGE = 200;
const MAX_PAGES = 5;
const CLOCKS_DIFFER_S = 60;
const NOT_ASKABLE = new Set(["missing_scope", "channel_not_found", "not_in_channel", "thread_not_found"]);
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

const ours = z.object({ event_type: z.literal(METADATA_TYPE), event_payload: z.object({ id: z.string() }) });
const idIn = (metadata: unknown): string | undefined => ours.safeParse(metadata).data?.event_payload.id;

const quiet = () => undefined;
/** The client's own log could hold texts of alerts; what matters is thrown anyway. */
const NO_LOG = { debug: quiet, info: quiet, warn: quiet, error: quiet, setLevel: quiet, setName: quiet };

/** Loaded with the first message. The outbox tries again, so that the client itself must not. */
async function connect({ botToken }: Config, { env, signal }: ChannelContext): Promise<WebClient> {
  const { WebClient, LogLevel } = await import("@slack/web-api");
  return new WebClient(botToken ?? env.SLACK_BOT_TOKEN, {
    ...(env.SLACK_API_URL !== undefined && { slackApiUrl: env.SLACK_API_URL }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: { ...NO_LOG, getLevel: () => LogLevel.ERROR },
    fetch: (url, init) => fetch(url, { ...init, signal }),
  });
}
