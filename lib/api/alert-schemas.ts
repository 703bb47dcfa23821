import { z } from "zod";
import { configFields } from "@/lib/checks/config-fields";
import { SEVERITIES } from "@/lib/alerting/severity";
import { MATCHER_OPERATORS } from "@/lib/metrics/query/matchers";
import { configSchema } from "./check-schemas";
import { time } from "./schemas";

/** An alert, as JSON. */
export const alert = z.object({
  id: z.uuid(),
  fingerprint: z.string(),
  ruleId: z.uuid().nullable(),
  ruleKey: z.string(),
  ruleLabel: z.string(),
  source: z.string(),
  state: z.enum(["pending", "firing", "resolved"]),
  shown: z.enum(["firing", "pending", "suppressed", "resolved"]).meta({
    description: "What the dashboard shows: a firing alert that nobody is told of is `suppressed`",
  }),
  severity: z.enum(SEVERITIES),
  subject: z.string(),
  labels: z.record(z.string(), z.string()),
  checkId: z.uuid().nullable(),
  summary: z.string().meta({ description: "The cause, the number and the limit, in a sentence" }),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  unit: z.string(),
  pendingSince: time,
  firingSince: time.nullable(),
  clearSince: time.nullable(),
  resolvedAt: time.nullable(),
  resolvedReason: z.string().nullable(),
  isFlapping: z.boolean(),
  acknowledgedAt: time.nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgeNote: z.string().nullable(),
  parentId: z.uuid().nullable().meta({ description: "The alert whose effect it is" }),
  incidentId: z.uuid().nullable(),
  incidentReason: z.string().nullable().meta({ description: "Why it belongs to that incident, or to none" }),
  notifiedAt: time.nullable(),
  suppressedReason: z.string().nullable().meta({ description: "Why nobody is told now" }),
});

/** An alert with all that happened to it. */
export const alertStory = alert.extend({
  parent: alert.nullable(),
  effects: z.array(alert),
  events: z.array(z.object({ at: time, kind: z.string(), message: z.string() })),
  notifications: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      status: z.string(),
      reason: z.string().nullable(),
      createdAt: time,
      channel: z.object({ id: z.uuid(), label: z.string(), type: z.string() }),
      messages: z.array(
        z.object({
          id: z.uuid(),
          target: z.string(),
          status: z.string(),
          lastError: z.string().nullable(),
          attempts: z.array(z.object({ at: time, durationMs: z.number(), outcome: z.string(), detail: z.string() })),
        }),
      ),
    }),
  ),
});

export const storedMatchers = z.array(
  z.object({ label: z.string(), op: z.enum(MATCHER_OPERATORS), value: z.string() }),
);

/** Kinds that have a config: what a form is made from. */
export const kinds = z.object({
  items: z.array(
    z.object({
      type: z.string(),
      label: z.string(),
      description: z.string(),
      config: z.record(z.string(), z.unknown()).meta({ description: "JSON Schema" }),
      fields: z.array(z.looseObject({ name: z.string(), title: z.string(), kind: z.string() })),
    }),
  ),
  next: z.null(),
});

interface Kind {
  label: string;
  description: string;
  config: z.ZodObject;
  example: Record<string, unknown>;
}

export function describeKinds(registry: ReadonlyMap<string, Kind>): z.input<typeof kinds> {
  return {
    items: [...registry].map(([type, kind]) => ({
      type,
      label: kind.label,
      description: kind.description,
      config: configSchema(kind),
      fields: configFields(kind).map((field) => ({ ...field })),
    })),
    next: null,
  };
}
