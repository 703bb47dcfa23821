import fc from "fast-check";
import { expect, test } from "vitest";
import { decideTransition, nextStatuses } from "./decide-transition";
import { INCIDENT_STATUSES } from "./incident";

const NOW = new Date("2026-11-27T12:00:00Z");
const EARLIER = new Date("2026-11-27T11:00:00Z");

test.each([
  ["investigating", "identified", { mitigatedAt: null }, {}],
  ["identified", "investigating", { mitigatedAt: null }, {}],
  ["investigating", "monitoring", { mitigatedAt: null }, { mitigatedAt: NOW }],
  ["identified", "resolved", { mitigatedAt: null }, { resolvedAt: NOW, mitigatedAt: NOW }],
  ["monitoring", "resolved", { mitigatedAt: EARLIER }, { resolvedAt: NOW }],
  ["monitoring", "identified", { mitigatedAt: EARLIER }, { mitigatedAt: null }],
  ["resolved", "investigating", { mitigatedAt: EARLIER }, { resolvedAt: null, mitigatedAt: null }],
] as const)("from %s to %s", (status, to, incident, times) => {
  expect(decideTransition({ status, ...incident }, to, NOW)).toEqual({ isAllowed: true, isChange: true, times });
});

test.each(["identified", "monitoring"] as const)("a resolved one does not become %s: it is reopened first", (to) => {
  expect(decideTransition({ status: "resolved", mitigatedAt: EARLIER }, to, NOW)).toEqual({
    isAllowed: false,
    reason: `It is resolved: reopen it (as investigating) before it becomes ${to}.`,
  });
});

test("whatever is asked for, resolvedAt is set exactly while it is resolved, and mitigatedAt while nobody searches", () => {
  const status = fc.constantFrom(...INCIDENT_STATUSES);
  fc.assert(
    fc.property(fc.array(status, { maxLength: 30 }), (wishes) => {
      let incident: { status: (typeof INCIDENT_STATUSES)[number]; resolvedAt: Date | null; mitigatedAt: Date | null } =
        {
          status: "investigating",
          resolvedAt: null,
          mitigatedAt: null,
        };
      wishes.forEach((to, index) => {
        const transition = decideTransition(incident, to, new Date(NOW.getTime() + index));
        expect(transition.isAllowed).toBe(to === incident.status || nextStatuses(incident.status).includes(to));
        if (transition.isAllowed) incident = { ...incident, ...transition.times, status: to };
        expect(incident.resolvedAt !== null).toBe(incident.status === "resolved");
        expect(incident.mitigatedAt !== null).toBe(["monitoring", "resolved"].includes(incident.status));
      });
    }),
  );
});
