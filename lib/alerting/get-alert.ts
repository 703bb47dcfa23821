import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { type Alert, toAlert } from "./alert";

/** One line of an alert's story. */
export interface TimelineEvent {
  at: Date;
  kind: string;
  message: string;
}

/** One notification about an alert, with each try to deliver it. */
export interface AlertNotification {
  id: string;
  kind: string;
  status: string;
  reason: string | null;
  createdAt: Date;
  channel: { id: string; label: string; type: string };
  messages: {
    id: string;
    target: string;
    status: string;
    lastError: string | null;
    attempts: { at: Date; durationMs: number; outcome: string; detail: string }[];
  }[];
}

export interface AlertStory {
  alert: Alert;
  /** The alert whose effect it is. */
  parent: Alert | null;
  /** Alerts that are effects of this one. */
  effects: Alert[];
  /** The oldest first. */
  events: TimelineEvent[];
  notifications: AlertNotification[];
}

const MAX_EVENTS = 500;

/** An alert with all that happened to it. @throws Problem forbidden, not-found */
export async function getAlertStory(context: Context, { id }: { id: string }): Promise<AlertStory> {
  authorize(context.actor, "read");
  const row = await context.db.alert.findUnique({
    where: { id: parseId(id, "alert") },
    include: {
      parent: true,
      effects: { orderBy: { pendingSince: "asc" }, take: 100 },
      events: { orderBy: { id: "asc" }, take: MAX_EVENTS },
      notifications: {
        orderBy: { createdAt: "asc" },
        take: MAX_EVENTS,
        include: {
          channel: { select: { id: true, label: true, type: true } },
          messages: {
            include: { message: { include: { history: { orderBy: { id: "asc" }, take: 50 } } } },
          },
        },
      },
    },
  });
  if (!row) throw notFound("alert");
  const { parent, effects, events, notifications, ...alert } = row;
  return {
    alert: toAlert(alert),
    parent: parent && toAlert(parent),
    effects: effects.map(toAlert),
    events: events.map(({ at, kind, message }) => ({ at, kind, message })),
    notifications: notifications.map(({ id: notificationId, kind, status, reason, createdAt, channel, messages }) => ({
      id: notificationId,
      kind,
      status,
      reason,
      createdAt,
      channel,
      messages: messages.map(({ message }) => ({
        id: message.id,
        target: message.target,
        status: message.status,
        lastError: message.lastError,
        attempts: message.history.map(({ at, durationMs, outcome, detail }) => ({ at, durationMs, outcome, detail })),
      })),
    })),
  };
}

/** @throws Problem forbidden, not-found */
export async function getAlert(context: Context, { id }: { id: string }): Promise<Alert> {
  authorize(context.actor, "read");
  const row = await context.db.alert.findUnique({ where: { id: parseId(id, "alert") } });
  if (!row) throw notFound("alert");
  return toAlert(row);
}
