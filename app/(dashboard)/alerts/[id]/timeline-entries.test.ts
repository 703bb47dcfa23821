import { expect, test } from "vitest";
import type { AlertNotification } from "@/lib/alerting/get-alert";
import { describeNotification, describeOutcome, timelineOf } from "./timeline-entries";

const at = (second: number) => new Date(Date.UTC(2031, 0, 1, 0, 0, second));
const told = (given: Partial<AlertNotification>): AlertNotification => ({
  id: "n",
  kind: "firing",
  status: "sent",
  reason: null,
  createdAt: at(1),
  channel: { id: "c", label: "Slack", type: "slack" },
  messages: [],
  ...given,
});

test("what happened and what was said stand in one order, the cause before its message", () => {
  const entries = timelineOf({
    events: [
      { at: at(0), kind: "pending", message: "waits" },
      { at: at(1), kind: "firing", message: "fires" },
      { at: at(5), kind: "resolved", message: "over" },
    ],
    notifications: [told({}), told({ id: "late", createdAt: at(3) })],
  });
  expect(entries.map((entry) => (entry.type === "event" ? entry.kind : entry.notification.id))).toEqual([
    "pending",
    "firing",
    "n",
    "late",
    "resolved",
  ]);
});

test("a notification and a try are told in words, unknown ones by their name", () => {
  expect(describeNotification(told({}))).toBe("Slack was told: it fires.");
  expect(describeNotification(told({ status: "queued", kind: "reminder" }))).toBe(
    "Slack is about to be told: it still fires.",
  );
  expect(describeNotification(told({ status: "failed", reason: "invalid_auth", kind: "resolved" }))).toBe(
    "Slack could not be told that it is over: invalid_auth.",
  );
  expect(describeNotification(told({ status: "suppressed", reason: "the channel is off", kind: "new kind" }))).toBe(
    "Slack is not told that new kind: the channel is off.",
  );
  expect([describeOutcome("permanent"), describeOutcome("odd")]).toEqual(["Failed for good", "odd"]);
});
