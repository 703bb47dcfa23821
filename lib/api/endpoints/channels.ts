import { z } from "zod";
import {
  channelInput,
  createChannel,
  deleteChannel,
  disableChannel,
  enableChannel,
  getChannel,
  listChannels,
  updateChannel,
} from "@/lib/alerting/channels/channel-verbs";
import { CHANNEL_TYPES } from "@/lib/alerting/channels/registry";
import { sendTest } from "@/lib/alerting/delivery/send-test";
import { describeKinds, kinds } from "../alert-schemas";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Alert channels";
const description = "`id` is the channel's id or its key.";

const channel = z.object({
  id: z.uuid(),
  key: z.string(),
  label: z.string(),
  origin: z.enum(["file", "database"]),
  type: z.string(),
  config: z
    .record(z.string(), z.unknown())
    .meta({ description: "Secrets are masked; a masked value that comes back is kept" }),
  disabledAt: time.nullable(),
  disabledReason: z.string().nullable(),
  createdAt: time,
});

/** Parsed by the verb as a whole, its config too: who calls hears of everything that is wrong at once. */
const anyChannel = z.record(z.string(), z.unknown(), "must be an object");

export const channels = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/channels",
    scope: "read",
    tag,
    summary: "List alert channels",
    response: list(channel),
    handle: async (context) => ({ items: await listChannels(context), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/channels",
    scope: "admin",
    tag,
    summary: "Create an alert channel",
    body: anyChannel,
    describeBody: () => z.toJSONSchema(channelInput, { io: "input" }),
    response: channel,
    status: 201,
    handle: (context, { body }) => createChannel(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/channels/{id}",
    scope: "read",
    tag,
    summary: "Read an alert channel",
    description,
    response: channel,
    handle: (context, { params }) => getChannel(context, params),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/channels/{id}",
    scope: "admin",
    tag,
    summary: "Change an alert channel",
    description: `${description} What is left out stays; \`config\` is replaced as a whole. Channels of monitoring.config.ts are read-only.`,
    body: anyChannel,
    describeBody: () => z.toJSONSchema(channelInput.omit({ type: true }).partial(), { io: "input" }),
    response: channel,
    handle: (context, { params, body }) => updateChannel(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/channels/{id}",
    scope: "admin",
    tag,
    summary: "Delete an alert channel with what was sent through it",
    description,
    status: 204,
    handle: (context, { params }) => deleteChannel(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/channels/{id}/enable",
    scope: "admin",
    tag,
    summary: "Switch an alert channel on",
    description,
    response: channel,
    handle: (context, { params }) => enableChannel(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/channels/{id}/disable",
    scope: "admin",
    tag,
    summary: "Switch an alert channel off: nobody is told through it",
    description,
    response: channel,
    handle: (context, { params }) => disableChannel(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/channels/{id}/test",
    scope: "admin",
    tag,
    summary: "Send a test through an alert channel, by the way that alerts go",
    description,
    response: z.object({ queued: z.literal(true) }),
    status: 202,
    handle: async (context, { params }) => {
      await sendTest(context, params);
      return { queued: true };
    },
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/channel-types",
    scope: "read",
    tag,
    summary: "List the kinds of alert channels with their config's fields",
    response: kinds,
    handle: async () => describeKinds(CHANNEL_TYPES),
  }),
];
