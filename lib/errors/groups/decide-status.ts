import { isUpTo } from "./releases";

export interface GroupState {
  status: "open" | "resolved" | "ignored";
  resolvedAt: Date | null;
  resolvedAfter: string | null;
  ignoredUntil: Date | null;
  ignoredUntilCount: number | null;
}

export type StatusDecision =
  | { change: false; reason: "open" | "resolved before or in a release up to the resolved one" | "still ignored" }
  | {
      change: true;
      reason: "regressed" | "ignored until a time that has come" | "ignored until a count that is reached";
    };

/**
 * What events that came in make of a group's status. Pure.
 * @param events those that count, of this group
 * @param eventCount of the group, they included
 */
export function decideStatus(
  group: GroupState,
  events: readonly { occurredAt: Date; release: string }[],
  eventCount: number,
  now: Date,
): StatusDecision {
  switch (group.status) {
    case "open":
      return { change: false, reason: "open" };
    case "resolved":
      return events.some((event) => isRegression(group, event))
        ? { change: true, reason: "regressed" }
        : { change: false, reason: "resolved before or in a release up to the resolved one" };
    case "ignored":
      if (group.ignoredUntil !== null && now >= group.ignoredUntil)
        return { change: true, reason: "ignored until a time that has come" };
      if (group.ignoredUntilCount !== null && eventCount >= group.ignoredUntilCount)
        return { change: true, reason: "ignored until a count that is reached" };
      return { change: false, reason: "still ignored" };
  }
}

function isRegression(
  { resolvedAt, resolvedAfter }: GroupState,
  { occurredAt, release }: { occurredAt: Date; release: string },
): boolean {
  // What was under way when it was resolved does not bring it back.
  if (resolvedAt !== null && occurredAt <= resolvedAt) return false;
  return resolvedAfter === null || !isUpTo(release, resolvedAfter);
}
