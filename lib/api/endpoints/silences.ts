import { z } from "zod";
import { createSilence, endSilence, listSilences, silenceInput } from "@/lib/alerting/silences/silences";
import { storedMatchers } from "../alert-schemas";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Silences";

const silence = z.object({
  id: z.uuid(),
  matchers: storedMatchers,
  comment: z.string(),
  startsAt: time,
  endsAt: time,
  createdBy: z.string(),
  createdAt: time,
  state: z.enum(["active", "planned", "over"]),
});

export const silences = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/silences",
    scope: "read",
    tag,
    summary: "List silences that are active, planned, or were over within 30 days",
    response: list(silence),
    handle: async (context) => ({ items: await listSilences(context), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/silences",
    scope: "alerts:write",
    tag,
    summary: "Create a silence",
    body: silenceInput,
    response: silence,
    status: 201,
    handle: (context, { body }) => createSilence(context, body),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/silences/{id}",
    scope: "alerts:write",
    tag,
    summary: "End a silence now",
    status: 204,
    handle: (context, { params }) => endSilence(context, params),
  }),
];
