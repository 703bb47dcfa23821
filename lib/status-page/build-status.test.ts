import { expect, test } from "vitest";
import {
  checkFacts,
  componentFacts,
  dayFacts,
  incidentFacts,
  NOW,
  statusFacts,
  updateFacts,
  windowFacts,
} from "@/lib/testing/status-facts";
import { buildStatus } from "./build-status";
import type { StatusFacts } from "./status-facts";

const build = (given: Partial<StatusFacts>) => buildStatus(statusFacts(given), NOW).status;
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const DAY = 1_440;

test("all is well", () => {
  const status = build({ components: [componentFacts(), componentFacts({ label: "Search" })] });
  expect(status).toMatchObject({
    state: "operational",
    headline: "All systems operational",
    asOf: NOW.toISOString(),
    components: [
      { label: "Payments", state: "operational" },
      { label: "Search", state: "operational" },
    ],
    activeIncidents: [],
    recentIncidents: [],
    maintenance: [],
  });
});

test("a silent worker: nothing is operational, whatever was seen before", () => {
  const status = build({ components: [componentFacts()], workerLastSeenAt: minutesAgo(2) });
  expect(status).toMatchObject({ state: "unknown", components: [{ state: "unknown" }] });
});

test("a check that nobody has run for a while is unknown", () => {
  const old = checkFacts({ lastResultAt: minutesAgo(10) });
  expect(build({ components: [componentFacts({ checks: [old] })] }).components).toMatchObject([{ state: "unknown" }]);
});

test("components of a group stand together, in the order of their first", () => {
  const components = [
    componentFacts({ label: "Website" }),
    componentFacts({ label: "Cards", groupName: "Payments" }),
    componentFacts({ label: "Mail" }),
    componentFacts({ label: "Transfers", groupName: "Payments" }),
  ];
  expect(build({ components }).components.map(({ label }) => label)).toEqual(["Website", "Cards", "Transfers", "Mail"]);
});

test("an open public incident raises the components that it names, and only them", () => {
  const [payments, search] = [componentFacts(), componentFacts({ label: "Search" })];
  const checkId = payments.checks[0]?.id ?? "";
  const incident = incidentFacts({ severity: "critical", checks: [{ checkId, impact: "partial" }] });
  expect(build({ components: [payments, search], incidents: [incident] })).toMatchObject({
    state: "partial",
    components: [{ state: "partial" }, { state: "operational" }],
    activeIncidents: [{ components: [{ id: payments.id, label: "Payments", state: "partial" }] }],
  });
});

test("an internal or a resolved incident raises nothing", () => {
  const payments = componentFacts();
  const checks = [{ checkId: payments.checks[0]?.id ?? "", impact: "major" as const }];
  const incidents = [
    incidentFacts({ visibility: "internal", checks }),
    incidentFacts({ status: "resolved", resolvedAt: minutesAgo(5), checks }),
  ];
  expect(build({ components: [payments], incidents })).toMatchObject({ state: "operational", activeIncidents: [] });
});

test("an incident without a component of the page counts by its severity", () => {
  expect(build({ components: [componentFacts()], incidents: [incidentFacts({ severity: "high" })] })).toMatchObject({
    state: "partial",
    components: [{ state: "operational" }],
  });
});

test("incidents of the last 14 days stand on the page, those before have a page of their own alone", () => {
  const over = (days: number) =>
    incidentFacts({
      number: days,
      status: "resolved",
      startedAt: minutesAgo(days * DAY + 60),
      createdAt: minutesAgo(days * DAY + 60),
      resolvedAt: minutesAgo(days * DAY),
    });
  const { status, earlierIncidents } = buildStatus(statusFacts({ incidents: [over(1), over(14), over(15)] }), NOW);
  expect(status.recentIncidents.map(({ number }) => number)).toEqual([1, 14]);
  expect(earlierIncidents.map(({ number }) => number)).toEqual([15]);
});

test("an incident shows what people wrote for the public, the newest first, and when the last of it was", () => {
  const incident = incidentFacts({
    updates: [
      updateFacts({ at: minutesAgo(50), message: "First" }),
      updateFacts({ at: minutesAgo(20), message: "Second", status: "identified" }),
      updateFacts({ at: minutesAgo(10), message: "Not for the public", isPublic: false }),
      updateFacts({ at: minutesAgo(5), message: "An alert fired", source: "alert" }),
    ],
  });
  const [shown] = build({ incidents: [incident] }).activeIncidents;
  expect(shown?.updates.map(({ message }) => message)).toEqual(["Second", "First"]);
  expect(shown?.updatedAt).toBe(minutesAgo(20).toISOString());
});

test.each([
  ["published to everybody", "public", minutesAgo(5), true],
  ["a draft for everybody", "public", null, false],
  ["published inside", "internal", minutesAgo(5), false],
] as const)("a post-mortem that is %s", (_, visibility, publishedAt, isShown) => {
  const texts = { impact: "", rootCause: "A lock", contributingFactors: "", wentWell: "", wentBadly: "" };
  const postmortem = { ...texts, whys: ["Because"], visibility, publishedAt };
  const [shown] = build({ incidents: [incidentFacts({ postmortem })] }).activeIncidents;
  expect(shown?.postmortem?.rootCause).toBe(isShown ? "A lock" : undefined);
});

test("announced maintenance: running and planned, with the components that it covers; each time has an id of its own", () => {
  const [payments, search] = [
    componentFacts({ checks: [checkFacts({ key: "payments" })] }),
    componentFacts({ label: "Search", checks: [checkFacts({ key: "search" })] }),
  ];
  const weekly = windowFacts({
    label: "Weekly",
    matchers: [{ label: "check", op: "=", value: "search" }],
    recurrence: "weekly",
    startsAt: null,
    endsAt: null,
    weekdays: [4],
    startTime: "02:00",
    timezone: "Europe/Berlin",
    durationMinutes: 90,
  });
  const running = windowFacts({ matchers: [{ label: "check", op: "=~", value: "pay.*" }] });
  const status = build({ components: [payments, search], windows: [weekly, running] });
  expect(status.state).toBe("maintenance");
  expect(status.components.map(({ state }) => state)).toEqual(["maintenance", "operational"]);
  expect(status.maintenance.map(({ label, from, isRunning }) => [label, from, isRunning])).toEqual([
    ["Database move", minutesAgo(10).toISOString(), true],
    ["Weekly", "2028-03-02T01:00:00.000Z", false],
    ["Weekly", "2028-03-09T01:00:00.000Z", false],
    ["Weekly", "2028-03-16T01:00:00.000Z", false],
  ]);
  expect(status.maintenance.map(({ components }) => components.map(({ label }) => label))).toEqual([
    ["Payments"],
    ["Search"],
    ["Search"],
    ["Search"],
  ]);
  expect(new Set(status.maintenance.map(({ id }) => id)).size).toBe(4);
});

test("over a change of the clocks a weekly window begins at its own clock's time", () => {
  const weekly = windowFacts({
    recurrence: "weekly",
    startsAt: null,
    endsAt: null,
    weekdays: [7],
    startTime: "04:00",
    timezone: "Europe/Berlin",
    durationMinutes: 60,
  });
  const now = new Date("2028-03-18T12:00:00Z");
  const { status } = buildStatus(statusFacts({ windows: [weekly] }), now);
  // The clocks go forward on 26 March 2028.
  expect(status.maintenance.map(({ from }) => from)).toEqual([
    "2028-03-19T03:00:00.000Z",
    "2028-03-26T02:00:00.000Z",
    "2028-04-02T02:00:00.000Z",
  ]);
});

test("maintenance that is not announced is not on the page, and makes no outage of what fails in it", () => {
  const failing = componentFacts({ checks: [checkFacts({ status: "failed" })] });
  const status = build({ components: [failing], windows: [windowFacts({}, false)] });
  expect(status).toMatchObject({ components: [{ state: "maintenance" }], maintenance: [] });
  expect(build({ components: [componentFacts()], windows: [windowFacts({}, false)] })).toMatchObject({
    state: "operational",
  });
});

test("response times are the mean of a component's checks, where they are shown; a time without a run is a gap", () => {
  const [one, two] = [checkFacts(), checkFacts()];
  const from = new Date("2028-02-29T12:15:00Z");
  const byCheck = new Map([
    [one.id, [100, null, 50]],
    [two.id, [300, null, null]],
  ]);
  const checks = [one, two];
  const status = build({
    components: [componentFacts({ checks, showResponseTime: true }), componentFacts({ checks })],
    durations: { from, pieceMs: 900_000, byCheck },
  });
  expect(status.components.map(({ responseTimes }) => responseTimes)).toEqual([
    [
      { at: "2028-02-29T12:15:00.000Z", ms: 200 },
      { at: "2028-02-29T12:30:00.000Z", ms: null },
      { at: "2028-02-29T12:45:00.000Z", ms: 50 },
    ],
    null,
  ]);
});

test("uptime is a component's own", () => {
  const [payments, search] = [componentFacts(), componentFacts({ label: "Search" })];
  const days = [dayFacts({ checkId: payments.checks[0]?.id ?? "", up: 720, downSeconds: 43_200 })];
  const shown = build({ components: [payments, search], days }).components;
  expect(shown.map(({ uptimePercent }) => uptimePercent)).toEqual([50, null]);
  expect(shown[0]?.days.at(-1)).toEqual({ day: "2028-03-01", uptimePercent: 50, downtimeMinutes: 720 });
});
