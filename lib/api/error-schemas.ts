import { z } from "zod";
import { LEVELS, eventData } from "@/lib/errors/event";
import { scrubSettings } from "@/lib/errors/scrub/scrub-settings";
import { time } from "./schemas";

/** Errors as they go over the wire. */

export const project = z.object({
  id: z.int(),
  name: z.string(),
  platform: z.string(),
  quota: z.int().nullable().meta({ description: "Events a minute; null: the default" }),
  scrub: scrubSettings,
  createdAt: time,
  dsn: z.string().nullable().meta({ description: "Of the oldest key that is not revoked" }),
  keys: z.array(
    z.object({
      id: z.uuid(),
      label: z.string(),
      dsn: z.string(),
      createdAt: time,
      revokedAt: time.nullable(),
      lastUsedAt: time.nullable(),
    }),
  ),
});

export const errorGroup = z.object({
  id: z.uuid(),
  project: z.object({ id: z.int(), name: z.string() }),
  type: z.string().meta({ description: "`TypeError`; empty for a message alone" }),
  value: z.string(),
  culprit: z.string().meta({ description: "Where: `app/cart.ts in addItem`" }),
  level: z.enum(LEVELS),
  status: z.enum(["open", "resolved", "ignored"]),
  firstSeenAt: time,
  lastSeenAt: time,
  eventCount: z.int(),
  userCount: z.int(),
  firstRelease: z.string(),
  lastRelease: z.string(),
  resolvedAt: time.nullable(),
  resolvedAfter: z.string().nullable().meta({ description: "Resolved in the release after this one" }),
  ignoredUntil: time.nullable(),
  ignoredUntilCount: z.int().nullable(),
  regressedAt: time.nullable().meta({ description: "When it came back after it had been resolved" }),
  assignee: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).nullable(),
  incidentId: z.uuid().nullable(),
  createdAt: time,
});

const comment = z.object({ id: z.uuid(), message: z.string(), authorName: z.string(), createdAt: time });
export const errorComment = comment;

export const errorGroupStory = errorGroup.extend({
  trend: z
    .array(z.object({ hour: time, count: z.int() }))
    .meta({ description: "Hours that had events, of the week before it was last seen" }),
  tags: z.array(
    z.object({
      key: z.string(),
      total: z.int(),
      values: z.array(z.object({ value: z.string(), count: z.int() })),
    }),
  ),
  comments: z.array(comment),
});

export const errorEventLine = z.object({
  id: z.uuid(),
  groupId: z.uuid(),
  occurredAt: time,
  level: z.enum(LEVELS),
  release: z.string(),
  environment: z.string(),
  userKey: z.string().nullable(),
  traceId: z.string().nullable(),
  title: z.string(),
});

export const errorEvent = errorEventLine.extend({
  projectId: z.int(),
  receivedAt: time,
  data: eventData,
  previousId: z.uuid().nullable(),
  nextId: z.uuid().nullable(),
});

export const logLine = z.object({
  id: z.string(),
  at: time,
  severity: z.int().meta({ description: "OpenTelemetry's: 1 trace, 5 debug, 9 info, 13 warn, 17 error, 21 fatal" }),
  level: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]),
  service: z.string(),
  message: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  projectId: z.int().nullable(),
});
