import { z } from "zod";
import { getRule, listRules } from "@/lib/alerting/rules/list-rules";
import { previewRule } from "@/lib/alerting/rules/preview-rule";
import { ruleChanges, ruleInput } from "@/lib/alerting/rules/rule-input";
import { createRule, deleteRule, pauseRule, resumeRule, updateRule } from "@/lib/alerting/rules/write-rule";
import { SEVERITIES } from "@/lib/alerting/severity";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";
import { describeKinds, kinds } from "../alert-schemas";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Alert rules";
const description = "`id` is the rule's id or its key.";

const rule = z.object({
  id: z.uuid(),
  key: z.string(),
  label: z.string(),
  origin: z.enum(["file", "database"]),
  source: z.string(),
  config: z.record(z.string(), z.unknown()),
  severity: z.enum(SEVERITIES),
  forSeconds: z.int(),
  keepFiringSeconds: z.int(),
  cooldownSeconds: z.int().nullable(),
  channels: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  runbookUrl: z.string().nullable(),
  opensIncident: z.boolean().nullable().meta({ description: "null: its critical alerts do" }),
  pausedAt: time.nullable(),
  problem: z.string().nullable().meta({ description: "Why it could not be evaluated the last time" }),
  createdAt: time,
});
const listed = rule.extend({ firing: z.int(), pending: z.int() });

/** What the rule would have done. */
const preview = z.object({
  from: time,
  to: time,
  firings: z.array(
    z.object({
      subject: z.string(),
      from: time,
      to: time.nullable(),
      severity: z.enum(SEVERITIES),
      summary: z.string(),
    }),
  ),
  total: z.int(),
  subjects: z.int(),
  unavailable: z.string().nullable().meta({ description: "Why there is none" }),
});

/** Parsed by the verb as a whole, its config too: who calls hears of everything that is wrong at once. */
const anyRule = z.record(z.string(), z.unknown(), "must be an object");
const describeBody = () => z.toJSONSchema(ruleInput, { io: "input" });

export const rules = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/rules",
    scope: "read",
    tag,
    summary: "List alert rules with how many of their alerts are open",
    response: list(listed),
    handle: async (context) => ({ items: await listRules(context), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/rules",
    scope: "alerts:write",
    tag,
    summary: "Create an alert rule",
    body: anyRule,
    describeBody,
    response: rule,
    status: 201,
    handle: (context, { body }) => createRule(context, body),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/rules/preview",
    scope: "read",
    tag,
    summary: "What a rule would have done over the last seven days; nothing is stored",
    body: anyRule,
    describeBody,
    response: preview,
    handle: (context, { body }) => previewRule(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/rules/{id}",
    scope: "read",
    tag,
    summary: "Read an alert rule",
    description,
    response: rule,
    handle: (context, { params }) => getRule(context, params),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/rules/{id}",
    scope: "alerts:write",
    tag,
    summary: "Change an alert rule",
    description: `${description} What is left out stays; \`config\` is replaced as a whole. Rules of monitoring.config.ts are read-only.`,
    body: z.record(z.string(), z.unknown(), "must be an object"),
    describeBody: () => z.toJSONSchema(ruleChanges, { io: "input" }),
    response: rule,
    handle: (context, { params, body }) => updateRule(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/rules/{id}",
    scope: "alerts:write",
    tag,
    summary: "Delete an alert rule; its open alerts resolve",
    description,
    status: 204,
    handle: (context, { params }) => deleteRule(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/rules/{id}/pause",
    scope: "alerts:write",
    tag,
    summary: "Pause an alert rule; its open alerts resolve",
    description,
    response: rule,
    handle: (context, { params }) => pauseRule(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/rules/{id}/resume",
    scope: "alerts:write",
    tag,
    summary: "Resume a paused alert rule",
    description,
    response: rule,
    handle: (context, { params }) => resumeRule(context, params),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/alert-sources",
    scope: "read",
    tag,
    summary: "List what rules can look at, with their config's fields",
    response: kinds,
    handle: async () => describeKinds(SOURCE_TYPES),
  }),
];
