import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";

/** A stored alert that fires; what is given takes the place of the usual. */
export async function addAlert(context: Context, given: Partial<Prisma.AlertUncheckedCreateInput> = {}) {
  const fingerprint = randomUUID();
  const now = context.now();
  return context.db.alert.create({
    data: {
      fingerprint,
      openFingerprint: given.state === "resolved" ? null : fingerprint,
      ruleKey: "check-failing",
      ruleLabel: "Health check failing",
      source: "check-state",
      state: "firing",
      severity: "critical",
      subject: "Payments API",
      labels: { check: "payments-api" },
      summary: "Payments API answered 503 (expected 200-299).",
      pendingSince: now,
      firingSince: now,
      events: { create: [{ at: now, kind: "firing", message: "It fires." }] },
      ...given,
    },
  });
}

/** A message about a new alert, through a new channel, that failed for good after one attempt. @returns its id */
export async function addFailedMessage(context: Context): Promise<string> {
  const now = context.now();
  const key = `channel-${randomUUID()}`;
  const channel = await context.db.alertChannel.create({
    data: { key, label: "Hook", type: "webhook", config: { url: "http://127.0.0.1:1/" } },
  });
  const alert = await addAlert(context);
  const notification = await context.db.notification.create({
    data: {
      alertId: alert.id,
      channelId: channel.id,
      kind: "firing",
      severity: "critical",
      status: "failed",
      reason: "refused",
      createdAt: now,
      sendAfter: now,
    },
  });
  const message = await context.db.notificationMessage.create({
    data: {
      channelId: channel.id,
      target: "http://127.0.0.1:1/",
      content: {},
      status: "failed",
      attempts: 1,
      lastError: "connection refused",
      nextAttemptAt: now,
      createdAt: now,
      settledAt: now,
      items: { create: [{ notificationId: notification.id }] },
      history: { create: [{ at: now, durationMs: 12, outcome: "permanent", detail: "connection refused" }] },
    },
  });
  return message.id;
}
