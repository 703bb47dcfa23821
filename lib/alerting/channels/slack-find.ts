import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Outgoing, Reference } from "./define-channel";
import { slackErrorOf } from "./slack-errors";
import { METADATA_TYPE } from "./slack-message";

const PAGE = 200;
const CHANNELS_PAGE = 999;
const MAX_PAGES = 5;
const CLOCKS_DIFFER_S = 60;
/** A missing scope, or a channel that the bot is not in: it can't be looked into, and the message is posted again. */
const NOT_ASKABLE = new Set(["missing_scope", "channel_not_found", "not_in_channel", "thread_not_found"]);

/**
 * Is a message whose answer was lost in its channel? Looked for by the id in its metadata, since it was formed.
 * @param threadTs the thread that it belongs to
 * @returns undefined where it is not there, or Slack does not let us look
 * @throws what Slack's client throws
 */
export async function findPosted(
  client: WebClient,
  message: Outgoing,
  threadTs: string | undefined,
): Promise<Reference | undefined> {
  try {
    const channel = await channelIdOf(client, message);
    if (channel === undefined) return undefined;
    const oldest = String(Math.floor(message.createdAt.getTime() / 1000) - CLOCKS_DIFFER_S);
    const where = { channel, oldest, include_all_metadata: true, limit: PAGE };
    const found = await firstOnPages(async (cursor) => {
      const { messages = [], response_metadata: rest } = threadTs
        ? await client.conversations.replies({ ...where, ...cursor, ts: threadTs })
        : await client.conversations.history({ ...where, ...cursor });
      return { found: messages.find(({ metadata }) => idIn(metadata) === message.id)?.ts, next: rest?.next_cursor };
    });
    return found === undefined ? undefined : { channel, ts: found };
  } catch (error) {
    if (NOT_ASKABLE.has(slackErrorOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** Names have no capitals. */
const CHANNEL_ID = /^[CGD][A-Z0-9]+$/;

/** Slack looks into a channel by its id only: the one it answered with before, else that of the name. */
async function channelIdOf(client: WebClient, { target, first, latest }: Outgoing): Promise<string | undefined> {
  const known = first?.["channel"] ?? (CHANNEL_ID.test(target) ? target : latest?.["channel"]);
  return known ?? channelIdByName(client, target.replace(/^#/, "").toLowerCase());
}

/** Of the channels that the bot is in: no others can be looked into. An app may lack the scope for private ones. */
async function channelIdByName(client: WebClient, wanted: string): Promise<string | undefined> {
  const among = (types: string) =>
    firstOnPages(async (cursor) => {
      const request = { types, exclude_archived: true, limit: CHANNELS_PAGE, ...cursor };
      const { channels = [], response_metadata: rest } = await client.users.conversations(request);
      return { found: channels.find(({ name }) => name === wanted)?.id, next: rest?.next_cursor };
    });
  return among("public_channel,private_channel").catch((error: unknown) => {
    if (slackErrorOf(error) === "missing_scope") return among("public_channel");
    throw error;
  });
}

/** Asks page after page until something is found; not for ever. */
async function firstOnPages(
  ask: (cursor: { cursor?: string }) => Promise<{ found: string | undefined; next: string | undefined }>,
): Promise<string | undefined> {
  let cursor = "";
  for (let page = 0; page < MAX_PAGES; page++) {
    const { found, next = "" } = await ask(cursor === "" ? {} : { cursor });
    if (found !== undefined || next === "") return found;
    cursor = next;
  }
  return undefined;
}

const ours = z.object({ event_type: z.literal(METADATA_TYPE), event_payload: z.object({ id: z.string() }) });
const idIn = (metadata: unknown): string | undefined => ours.safeParse(metadata).data?.event_payload.id;
