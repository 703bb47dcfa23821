import { z } from "zod";
import { SEVERITIES } from "./severity";

export const NOTIFICATION_KINDS = ["firing", "escalated", "reminder", "resolved", "undelivered", "test"] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

const time = z.iso.datetime();

/** One alert as a message tells of it. Texts came from outside: a channel escapes them. */
export const messageAlert = z.object({
  id: z.string(),
  fingerprint: z.string(),
  /** Why it is in this message. */
  kind: z.enum(NOTIFICATION_KINDS),
  state: z.enum(["pending", "firing", "resolved"]),
  severity: z.enum(SEVERITIES),
  ruleKey: z.string(),
  ruleLabel: z.string(),
  /** "Payments API" */
  subject: z.string(),
  /** "Payments API answered 503 (expected 200-299)." */
  summary: z.string(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  unit: z.string(),
  labels: z.record(z.string(), z.string()),
  checkId: z.string().nullable(),
  runbookUrl: z.string().nullable(),
  firingSince: time.nullable(),
  resolvedAt: time.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** Checks that fail because this one does. */
  effects: z.array(z.object({ subject: z.string(), summary: z.string() })),
  /** The incident that it belongs to. */
  incident: z.object({ id: z.string(), number: z.int(), title: z.string() }).nullable().default(null),
  /** "Slack could not be told of this: invalid_auth" */
  note: z.string().nullable(),
});
export type MessageAlert = z.infer<typeof messageAlert>;

/** What one message says: all that a channel needs to write it. */
export const messageContent = z.object({
  alerts: z.array(messageAlert).min(1),
  /** The product's own address, without a slash at the end. */
  appUrl: z.string(),
  /** "monitor.example.com" */
  installation: z.string(),
});
export type MessageContent = z.infer<typeof messageContent>;
