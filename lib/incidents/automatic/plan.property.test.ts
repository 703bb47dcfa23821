import fc from "fast-check";
import { expect, test } from "vitest";
import { decideChanges } from "./decide-changes";
import type { Candidate, OpenIncident } from "./facts";
import { planMemberships } from "./plan-memberships";

/** Two chains in which causes are shared, storefront → api → database and mailer → queue, and a check alone. */
const ABOVE: Record<string, readonly string[]> = {
  database: [],
  api: ["database"],
  storefront: ["api", "database"],
  queue: [],
  mailer: ["queue"],
  disk: [],
};
const GROUPS = [["database", "api", "storefront"], ["queue", "mailer"], ["disk"]];
const CHECKS = Object.keys(ABOVE);
const family = { ancestors: (id: string): ReadonlySet<string> => new Set(ABOVE[id]) };
const QUIET_MS = 900_000;

const check = fc.constantFrom(...CHECKS);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("fire" as const), check, isCritical: fc.boolean(), isMuted: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("resolve" as const), check }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(0.5, 6, 16) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("take over" as const) }) },
);

test("one open incident a group of shared causes; none is over while an alert of it fires; a person's word stays", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = new Date("2026-11-27T12:00:00Z");
      let made = 0;
      const open: OpenIncident[] = [];
      const over: OpenIncident[] = [];
      const loose = new Map<string, Candidate>();
      const firing = (id: string) =>
        [...loose.values(), ...open.flatMap(({ alerts }) => alerts)].find((one) => one.checkId === id && one.isFiring);
      for (const one of steps) {
        if (one.do === "wait") now = new Date(now.getTime() + one.minutes * 60_000);
        if (one.do === "fire" && !firing(one.check)) {
          const parent = ABOVE[one.check]?.map(firing).find((found) => found !== undefined);
          const id = `alert ${(made += 1)}`;
          loose.set(id, {
            id,
            subject: one.check,
            summary: "down",
            severity: one.isCritical ? "critical" : "warning",
            isFiring: true,
            checkId: one.check,
            parentId: parent?.id ?? null,
            pendingSince: now,
            firingSince: now,
            resolvedAt: null,
            acknowledged: null,
            opensIncident: null,
            muted: one.isMuted && made % 4 === 0 ? "silenced" : null,
            isHeld: false,
            isNews: false,
            incidentReason: null,
          });
        }
        if (one.do === "resolve") {
          const alert = firing(one.check);
          if (alert) {
            Object.assign(alert, { isFiring: false, resolvedAt: now });
            loose.delete(alert.id);
          }
        }
        if (one.do === "take over" && open[0])
          Object.assign(open[0], { isAutomatic: false, severity: "low", quietSince: null });

        // What a round does.
        const plan = planMemberships([...loose.values()], open, family, () => `incident ${(made += 1)}`);
        for (const { alert, incidentId, reason } of plan.assignments) {
          if (incidentId === null) alert.incidentReason = reason;
          else loose.delete(alert.id);
        }
        open.push(...plan.opened);
        for (const incident of open) {
          const before = structuredClone({ ...incident, alerts: [] });
          const { fields, checks } = decideChanges(
            incident,
            new Map(CHECKS.map((id) => [id, { label: id, isDown: null }])),
            QUIET_MS,
            now,
          );
          Object.assign(incident, fields);
          incident.checks.push(...checks);
          if (!before.isAutomatic) expect({ ...incident, alerts: [] }).toEqual(before);
        }
        for (const incident of open.splice(0)) (incident.status === "resolved" ? over : open).push(incident);

        for (const group of GROUPS) {
          const holding = open.filter(({ alerts }) => alerts.some(({ checkId }) => group.includes(checkId ?? "")));
          expect(holding.length).toBeLessThanOrEqual(1);
        }
        const all = [...open, ...over].flatMap(({ alerts }) => alerts.map(({ id }) => id));
        expect(new Set(all).size).toBe(all.length);
        for (const { alerts } of over) expect(alerts.every(({ isFiring }) => !isFiring)).toBe(true);
        for (const { isAutomatic, status, alerts } of open)
          if (isAutomatic)
            expect(status).toBe(alerts.some(({ isFiring }) => isFiring) ? "investigating" : "monitoring");
        // Whatever is critical and not muted is in one.
        for (const { severity, muted } of loose.values()) expect(severity === "warning" || muted !== null).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
