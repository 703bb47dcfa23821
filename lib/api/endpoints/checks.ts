import { z } from "zod";
import { checkChanges, checkInput } from "@/lib/checks/check-input";
import { createCheck } from "@/lib/checks/create-check";
import { deleteCheck } from "@/lib/checks/delete-check";
import { getCheck } from "@/lib/checks/get-check";
import { checkFilter, listChecks } from "@/lib/checks/list-checks";
import { pauseCheck, resumeCheck } from "@/lib/checks/pause-check";
import { runCheckNow } from "@/lib/checks/run-check-now";
import { updateCheck } from "@/lib/checks/update-check";
import { answerCheck, check, withState } from "../check-answer";
import { withConfigByType } from "../check-schemas";
import { defineEndpoint } from "../define-endpoint";
import { list } from "../schemas";

const tag = "Checks";
const description = "`id` is the check's id or its key.";

export const checks = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/checks",
    scope: "read",
    tag,
    summary: "List checks",
    query: checkFilter.strict(),
    response: list(check),
    handle: async (context, { query }) => {
      const { items, next } = await listChecks(context, query);
      return { items: await withState(context, items), next };
    },
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/checks",
    scope: "checks:write",
    tag,
    summary: "Create a check",
    // Parsed by the verb as a whole, its config too: who calls hears of everything that is wrong at once.
    body: z.record(z.string(), z.unknown(), "must be an object"),
    describeBody: () => withConfigByType(z.toJSONSchema(checkInput.strict(), { io: "input" })),
    response: check,
    status: 201,
    handle: (context, { body }) => answerCheck(context, createCheck(context, body)),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/checks/{id}",
    scope: "read",
    tag,
    summary: "Read a check",
    description,
    response: check,
    handle: (context, { params }) => answerCheck(context, getCheck(context, params)),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/checks/{id}",
    scope: "checks:write",
    tag,
    summary: "Change a check",
    description: `${description} What is left out stays; \`config\` is replaced as a whole. Checks of monitoring.config.ts are read-only.`,
    body: checkChanges.strict(),
    response: check,
    handle: (context, { params, body }) => answerCheck(context, updateCheck(context, { ...body, id: params.id })),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/checks/{id}",
    scope: "checks:write",
    tag,
    summary: "Delete a check with its results",
    description,
    status: 204,
    handle: (context, { params }) => deleteCheck(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/checks/{id}/run",
    scope: "checks:write",
    tag,
    summary: "Run a check now and wait for its result",
    description,
    response: check,
    handle: (context, { params }) => answerCheck(context, runCheckNow(context, params)),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/checks/{id}/pause",
    scope: "checks:write",
    tag,
    summary: "Pause a check",
    description,
    response: check,
    handle: (context, { params }) => answerCheck(context, pauseCheck(context, params)),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/checks/{id}/resume",
    scope: "checks:write",
    tag,
    summary: "Resume a paused check",
    description,
    response: check,
    handle: (context, { params }) => answerCheck(context, resumeCheck(context, params)),
  }),
];
