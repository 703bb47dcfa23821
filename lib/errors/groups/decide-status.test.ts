import { expect, test } from "vitest";
import { decideStatus, type GroupState } from "./decide-status";
import { isUpTo } from "./releases";

const NOW = new Date("2026-11-27T12:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const none = { resolvedAt: null, resolvedAfter: null, ignoredUntil: null, ignoredUntilCount: null };
const resolved = (more: Partial<GroupState> = {}): GroupState => ({
  ...none,
  status: "resolved",
  resolvedAt: at(-10),
  ...more,
});
const ignored = (more: Partial<GroupState> = {}): GroupState => ({ ...none, status: "ignored", ...more });
const event = (minutes: number, release = "") => ({ occurredAt: at(minutes), release });

test.each<[string, GroupState, ReturnType<typeof event>[], number, string]>([
  ["open stays so", { ...none, status: "open" }, [event(0)], 1, "open"],
  ["an event after the resolution", resolved(), [event(-1)], 2, "regressed"],
  ["an event from before it", resolved(), [event(-11)], 2, "resolved before or in a release up to the resolved one"],
  ["one of each", resolved(), [event(-11), event(-1)], 3, "regressed"],
  [
    "of the release it was resolved after",
    resolved({ resolvedAfter: "1.2.0" }),
    [event(-1, "1.2.0")],
    2,
    "resolved before or in a release up to the resolved one",
  ],
  [
    "of an older release",
    resolved({ resolvedAfter: "shop@1.10.0" }),
    [event(-1, "shop@1.9.9")],
    2,
    "resolved before or in a release up to the resolved one",
  ],
  ["of a newer release", resolved({ resolvedAfter: "shop@1.9.9" }), [event(-1, "shop@1.10.0")], 2, "regressed"],
  ["ignored for good", ignored(), [event(0)], 1_000_000, "still ignored"],
  ["before its time", ignored({ ignoredUntil: at(1) }), [event(0)], 2, "still ignored"],
  ["after its time", ignored({ ignoredUntil: at(0) }), [event(0)], 2, "ignored until a time that has come"],
  ["before its count", ignored({ ignoredUntilCount: 10 }), [event(0)], 9, "still ignored"],
  ["at its count", ignored({ ignoredUntilCount: 10 }), [event(0)], 10, "ignored until a count that is reached"],
])("%s", (_, group, events, count, reason) => {
  expect(decideStatus(group, events, count, NOW).reason).toBe(reason);
});

test.each([
  ["1.2.0", "1.2.0", true],
  ["1.2", "1.2.0", true],
  ["1.2.0", "1.10.0", true],
  ["1.10.0", "1.2.0", false],
  ["1.2.0-rc.1", "1.2.0", true],
  ["1.2.0", "1.2.0-rc.1", false],
  ["shop@1.0.0", "api@2.0.0", false],
  ["3f2a9c1", "77aa001", false],
  ["3f2a9c1", "3f2a9c1", true],
  ["", "1.0.0", false],
])("%s is up to %s: %s", (release, last, expected) => {
  expect(isUpTo(release, last)).toBe(expected);
});
