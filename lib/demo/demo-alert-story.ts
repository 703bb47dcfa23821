import type { Prisma } from "@/lib/db/generated/client";
import type { DemoAlert } from "./demo-alerts";

/** From the change to the message that is accepted. */
const TOLD_AFTER_MS = 740;
const RETRY_AFTER_MS = 1_300;

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** What happened to an alert, and who was told of it through a channel. Pure. */
export function alertStory(
  alert: DemoAlert,
  channelId: string,
): Pick<Prisma.AlertUncheckedCreateInput, "events" | "notifications" | "suppressedReason"> {
  const { since, until, summary, acknowledged, parentId } = alert;
  const event = (at: Date, kind: string, message: string) => ({ at, kind, message });
  const suppressedReason = parentId === null ? null : "an effect of Warehouse database";
  const events = [
    event(since, "firing", `Fires: its condition holds. ${summary}`),
    ...(suppressedReason ? [event(since, "suppressed", `Nobody is told: ${suppressedReason}.`)] : []),
    ...(acknowledged
      ? [event(acknowledged.at, "acknowledged", `Acknowledged by ${acknowledged.by}: ${acknowledged.note}`)]
      : []),
    ...(until ? [event(until, "resolved", "Resolved: the condition is gone.")] : []),
  ];
  const notifications = suppressedReason
    ? []
    : [
        notification(alert, channelId, "firing", since),
        ...(until ? [notification(alert, channelId, "resolved", until)] : []),
      ];
  return { events: { create: events }, notifications: { create: notifications }, suppressedReason };
}

/** One message that arrived; the error rate's at the second try. */
function notification(
  { severity, rule }: DemoAlert,
  channelId: string,
  kind: "firing" | "resolved",
  at: Date,
): Prisma.NotificationUncheckedCreateWithoutAlertInput {
  const first = later(at, TOLD_AFTER_MS);
  const second = later(first, RETRY_AFTER_MS);
  const isHard = rule === "error-rate" && kind === "firing";
  const tries = [
    ...(isHard ? [{ at: first, durationMs: 412, outcome: "retry", detail: "hooks.example.com answered 503." }] : []),
    { at: isHard ? second : first, durationMs: 96, outcome: "sent", detail: "Accepted." },
  ];
  const message = {
    channelId,
    target: "hooks.example.com",
    content: {},
    status: "sent" as const,
    attempts: tries.length,
    nextAttemptAt: at,
    createdAt: at,
    settledAt: isHard ? second : first,
    history: { create: tries },
  };
  return {
    channelId,
    kind,
    severity,
    status: "sent",
    createdAt: at,
    sendAfter: at,
    messages: { create: [{ message: { create: message } }] },
  };
}
