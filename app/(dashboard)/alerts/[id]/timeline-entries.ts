import type { AlertNotification, AlertStory } from "@/lib/alerting/get-alert";

/** One point of an alert's story. */
export type TimelineEntry =
  | { type: "event"; at: Date; kind: string; message: string }
  | { type: "notification"; at: Date; notification: AlertNotification };

/** What happened and who was told, in one order, the oldest first; what happened stands before what was said of it. Pure. */
export function timelineOf({ events, notifications }: Pick<AlertStory, "events" | "notifications">): TimelineEntry[] {
  const happened = events.map((event): TimelineEntry => ({ type: "event", ...event }));
  const told = notifications.map((notification): TimelineEntry => ({
    type: "notification",
    at: notification.createdAt,
    notification,
  }));
  return [...happened, ...told].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

const WORDS: Readonly<Record<string, string>> = {
  firing: "it fires",
  escalated: "it got worse",
  reminder: "it still fires",
  resolved: "it is over",
  undelivered: "another channel could not be told",
  test: "a test",
};

/** "Told Slack that it fires", "Slack is not told: the channel is off" Pure. */
export function describeNotification({ kind, status, reason, channel }: AlertNotification): string {
  const what = WORDS[kind] ?? kind;
  const why = reason ? `: ${reason.replace(/\.$/, "")}` : "";
  switch (status) {
    case "sent":
      return `${channel.label} was told: ${what}.`;
    case "failed":
      return `${channel.label} could not be told that ${what}${why}.`;
    case "suppressed":
      return `${channel.label} is not told that ${what}${why}.`;
    default:
      return `${channel.label} is about to be told: ${what}.`;
  }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  sent: "Delivered",
  found: "It had arrived already",
  retry: "Failed, will be tried again",
  permanent: "Failed for good",
};

/** A try's outcome in words. Pure. */
export function describeOutcome(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}
