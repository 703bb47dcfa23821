import { expect, test } from "vitest";
import type { Severity } from "@/lib/alerting/severity";
import { decideCourse } from "./decide-course";
import { decideSeverity } from "./decide-severity";
import { rootOf, titleOf } from "./decide-title";
import type { AlertFacts, OpenIncident } from "./facts";

const NOW = new Date("2026-11-27T12:00:00Z");
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
const QUIET_MS = 900_000;

const alert = (id: string, more: Partial<AlertFacts> = {}): AlertFacts => ({
  id,
  subject: id,
  summary: `${id} failed: connection refused.`,
  severity: "critical",
  isFiring: true,
  checkId: id,
  parentId: null,
  pendingSince: minutes(-10),
  firingSince: minutes(-10),
  resolvedAt: null,
  acknowledged: null,
  ...more,
});
const over = (id: string, at = minutes(-3)) => alert(id, { isFiring: false, resolvedAt: at });

test.each<[Severity[], number, string]>([
  [["info"], 1, "low"],
  [["warning"], 1, "medium"],
  [["warning", "critical"], 2, "high"],
  [["critical"], 0, "high"],
  [["critical"], 3, "critical"],
  [["warning"], 3, "high"],
  [["info", "warning"], 9, "high"],
])("alerts of %j with %i affected checks make it %s", (severities, affected, severity) => {
  expect(decideSeverity(severities, affected).severity).toBe(severity);
});

type State = Pick<OpenIncident, "status" | "isAutomatic" | "quietSince" | "alerts">;

test.each<[string, State, string, string]>([
  [
    "fires",
    { status: "investigating", isAutomatic: true, quietSince: null, alerts: [alert("a"), over("b")] },
    "same",
    "an alert fires",
  ],
  [
    "all over",
    { status: "investigating", isAutomatic: true, quietSince: null, alerts: [over("a"), over("b", minutes(-1))] },
    "monitoring",
    "all of its alerts are over",
  ],
  [
    "identified, all over",
    { status: "identified", isAutomatic: true, quietSince: null, alerts: [over("a")] },
    "monitoring",
    "all of its alerts are over",
  ],
  [
    "its alerts were deleted",
    { status: "investigating", isAutomatic: true, quietSince: null, alerts: [] },
    "monitoring",
    "all of its alerts are over",
  ],
  [
    "quiet for a while",
    { status: "monitoring", isAutomatic: true, quietSince: minutes(-14.9), alerts: [over("a")] },
    "same",
    "it has not been quiet for long enough",
  ],
  [
    "quiet for long enough",
    { status: "monitoring", isAutomatic: true, quietSince: minutes(-15), alerts: [over("a")] },
    "resolved",
    "it has been quiet for 15 min",
  ],
  [
    "fires again",
    { status: "monitoring", isAutomatic: true, quietSince: minutes(-14), alerts: [over("a"), alert("b")] },
    "investigating",
    "b fires again",
  ],
  [
    "fires again when it would be over",
    { status: "monitoring", isAutomatic: true, quietSince: minutes(-20), alerts: [alert("b")] },
    "investigating",
    "b fires again",
  ],
  [
    "a person's, all over",
    { status: "investigating", isAutomatic: false, quietSince: null, alerts: [over("a")] },
    "same",
    "a person moves it",
  ],
  [
    "a person's, fires again",
    { status: "monitoring", isAutomatic: false, quietSince: null, alerts: [alert("a")] },
    "same",
    "a person moves it",
  ],
  [
    "resolved",
    { status: "resolved", isAutomatic: true, quietSince: minutes(-30), alerts: [over("a")] },
    "same",
    "it is resolved",
  ],
])("%s", (_name, state, to, reason) => {
  expect(decideCourse(state, QUIET_MS, NOW)).toMatchObject({ to, reason });
});

test("it is quiet since its last alert was over", () => {
  const state: State = {
    status: "investigating",
    isAutomatic: true,
    quietSince: null,
    alerts: [over("a"), over("b", minutes(-1))],
  };
  expect(decideCourse(state, QUIET_MS, NOW)).toMatchObject({ quietSince: minutes(-1) });
});

test("it is named after the alert that most others come from, if they come from one", () => {
  const effects = ["x", "y"].map((id) => alert(id, { parentId: "database", pendingSince: minutes(-20) }));
  expect(rootOf([alert("lone", { pendingSince: minutes(-30) }), ...effects, alert("database")])?.id).toBe("database");
  expect(rootOf([alert("b"), alert("a", { pendingSince: minutes(-11) })])).toBeUndefined();
  // Its cause is in no incident: the effect speaks for itself.
  expect(rootOf([alert("x", { parentId: "elsewhere" })])).toBeUndefined();
  // A chain has one beginning.
  expect(rootOf([alert("x", { parentId: "y" }), alert("y", { parentId: "z" }), alert("z")])?.id).toBe("z");
  expect(rootOf([])).toBeUndefined();
});

test.each([
  ["Database", "Database failed: connection refused.", "Database: failed: connection refused"],
  ["Payments API", "Payments API answered 503\n(expected 200-299).", "Payments API: answered 503 (expected 200-299)"],
  ["x".repeat(150), "y".repeat(150), `${"x".repeat(150)}: ${"y".repeat(47)}…`],
])("%s", (subject, summary, title) => {
  expect(titleOf({ subject, summary })).toBe(title);
});
