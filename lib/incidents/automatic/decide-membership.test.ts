import { expect, test } from "vitest";
import type { Candidate, OpenIncident } from "./facts";
import { decideMembership, inOrder } from "./decide-membership";

const NOW = new Date("2026-11-27T12:00:00Z");
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

const alert = (more: Partial<Candidate> = {}): Candidate => ({
  id: "a",
  subject: "Shop",
  summary: "Shop answered 503.",
  severity: "critical",
  isFiring: true,
  checkId: "shop",
  parentId: null,
  pendingSince: NOW,
  firingSince: NOW,
  resolvedAt: null,
  acknowledged: null,
  opensIncident: null,
  muted: null,
  isHeld: false,
  isNews: false,
  incidentReason: null,
  ...more,
});
const incident = (more: Partial<OpenIncident> = {}): OpenIncident => ({
  id: "i",
  title: "Database: refused",
  severity: "high",
  status: "investigating",
  isAutomatic: true,
  isOfAlerts: true,
  startedAt: minutes(-60),
  detectedAt: minutes(-60),
  acknowledgedAt: null,
  mitigatedAt: null,
  quietSince: null,
  alerts: [],
  checks: [],
  ...more,
});
/** shop → api → database */
const chain = new Map([
  ["shop", new Set(["api", "database"])],
  ["api", new Set(["database"])],
]);
const dependencies = { ancestors: (id: string): ReadonlySet<string> => chain.get(id) ?? new Set() };
const decide = (candidate: Candidate, ...incidents: OpenIncident[]) =>
  decideMembership(candidate, incidents, dependencies);
const affected = (checkId: string, label: string) => ({ checks: [{ checkId, label, impact: "major" as const }] });
const member = (id: string, subject: string, checkId: string | null, parentId: string | null = null) => ({
  alerts: [alert({ id, subject, checkId, parentId })],
});

test.each<[string, Candidate, OpenIncident[], string]>([
  ["a critical alert opens one", alert(), [], "open: it opened it"],
  ["a warning opens none", alert({ severity: "warning" }), [], "none: it is warning, and critical ones open one"],
  ["its rule says always", alert({ severity: "info", opensIncident: true }), [], "open: it opened it"],
  ["its rule says never", alert({ opensIncident: false }), [], "none: its rule opens none"],
  ["muted, it opens none and says why", alert({ muted: "silenced by Ada" }), [], "none: silenced by Ada"],
  [
    "muted, it joins none",
    alert({ muted: "silenced by Ada" }),
    [incident(affected("shop", "Shop"))],
    "none: silenced by Ada",
  ],
  ["its causes are being looked at", alert({ isHeld: true }), [], "none: what it depends on is being looked at first"],
  [
    "a person took it out",
    alert({ incidentReason: "Ada took it out of INC-1" }),
    [incident(affected("shop", "Shop"))],
    "out: Ada took it out of INC-1",
  ],
  [
    "left out before, it is asked again",
    alert({ incidentReason: "No incident: silenced by Ada" }),
    [],
    "open: it opened it",
  ],
  [
    "an effect",
    alert({ parentId: "db" }),
    [incident(member("db", "Database", "database"))],
    "i: an effect of Database",
  ],
  [
    "a cause",
    alert({ id: "db", checkId: "x" }),
    [incident(member("s", "Cart", "y", "db"))],
    "i: Cart is an effect of it",
  ],
  ["an affected check", alert(), [incident(affected("shop", "Shop"))], "i: the same check"],
  ["the check of an alert", alert(), [incident(member("old", "Shop", "shop"))], "i: the same check"],
  ["what it depends on, near", alert(), [incident(affected("api", "API"))], "i: its check depends on API"],
  [
    "what it depends on, far",
    alert(),
    [incident(affected("database", "Database"))],
    "i: its check depends on Database",
  ],
  [
    "what depends on it",
    alert({ checkId: "database" }),
    [incident(affected("shop", "Shop"))],
    "i: Shop depends on its check",
  ],
  ["another check", alert(), [incident(affected("mail", "Mail"))], "open: it opened it"],
  ["a sibling is no relation", alert({ checkId: "cart" }), [incident(affected("shop", "Shop"))], "open: it opened it"],
  [
    "the same time",
    alert({ severity: "warning", checkId: null }),
    [incident({ startedAt: minutes(-5), detectedAt: minutes(-5) })],
    "i: it fired within 5 min of its start",
  ],
  [
    "news at the same time",
    alert({ severity: "warning", checkId: null, isNews: true }),
    [incident({ startedAt: minutes(-5), detectedAt: minutes(-5) })],
    "none: it is warning, and critical ones open one",
  ],
  [
    "shortly before the start",
    alert({ firingSince: minutes(-4), checkId: null }),
    [incident({ startedAt: NOW, detectedAt: NOW })],
    "i: it fired within 5 min of its start",
  ],
  [
    "a little later than that",
    alert({ firingSince: minutes(0.1), checkId: null }),
    [incident({ startedAt: minutes(-5), detectedAt: minutes(-5) })],
    "open: it opened it",
  ],
  [
    "the same time as one that a person declared",
    alert({ checkId: null }),
    [incident({ isOfAlerts: false, startedAt: NOW, detectedAt: NOW })],
    "open: it opened it",
  ],
  [
    "one that a person changed is still joined",
    alert(),
    [incident({ isAutomatic: false, ...affected("shop", "Shop") })],
    "i: the same check",
  ],
  [
    "the closer relation wins over the newer incident",
    alert(),
    [incident({ id: "old", ...affected("shop", "Shop") }), incident({ id: "new", startedAt: NOW, detectedAt: NOW })],
    "old: the same check",
  ],
  [
    "of two alike the newer one",
    alert(),
    [
      incident({ id: "old", ...affected("shop", "Shop") }),
      incident({ id: "new", startedAt: minutes(-1), ...affected("shop", "Shop") }),
    ],
    "new: the same check",
  ],
])("%s", (_name, candidate, incidents, expected) => {
  const decided = decide(candidate, ...incidents);
  expect(`${decided.to === "join" ? decided.incidentId : decided.to}: ${decided.reason}`).toBe(expected);
});

test("alerts that open come before those that join, causes before effects, the earlier before the later", () => {
  const ids = inOrder([
    alert({ id: "warning", severity: "warning", firingSince: minutes(-9) }),
    alert({ id: "effect", parentId: "cause", firingSince: minutes(-8) }),
    alert({ id: "later" }),
    alert({ id: "cause", firingSince: minutes(-1) }),
  ]).map(({ id }) => id);
  expect(ids).toEqual(["cause", "later", "effect", "warning"]);
});
