import fc from "fast-check";
import { expect, test } from "vitest";
import { userActor } from "@/lib/testing/actors";
import { addAlert } from "@/lib/testing/alerts";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { acknowledgeAlert } from "@/lib/alerting/acknowledge-alert";
import { unlinkAlert } from "../link-alert";
import { updateIncident } from "../update-incident";
import { moveIncidents } from "./move-incidents";

const context = await createTestContext();
const ada = { ...userActor("editor"), name: "Ada" };
await context.db.user.create({
  data: { id: ada.id, name: "Ada", email: "ada@example.com", role: "editor", passwordHash: "x" },
});

/** Three groups in which causes are shared: two chains and a check alone. */
const CHECKS = [
  { key: "database", group: "shop", dependsOn: [] },
  { key: "api", group: "shop", dependsOn: ["database"] },
  { key: "storefront", group: "shop", dependsOn: ["api"] },
  { key: "queue", group: "mail", dependsOn: [] },
  { key: "mailer", group: "mail", dependsOn: ["queue"] },
  { key: "disk", group: "disk", dependsOn: [] },
];
const ids = new Map<string, string>();
for (const { key, dependsOn } of CHECKS) ids.set(key, (await addCheck(context, { key, label: key, dependsOn })).id);
const groupOf = new Map(CHECKS.map(({ key, group }) => [ids.get(key) ?? "", group]));

const check = fc.constantFrom(...CHECKS.map(({ key }) => key));
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("fire" as const), check, isCritical: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("resolve" as const), check }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(0.5, 6, 16) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("change" as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("take out" as const), check }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("acknowledge" as const), check }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const openAlert = (key: string) =>
  context.db.alert.findFirst({ where: { checkId: ids.get(key) ?? "", state: "firing" } });

async function run(one: Command): Promise<void> {
  switch (one.do) {
    case "fire": {
      if (await openAlert(one.check)) return;
      const above = CHECKS.find(({ key }) => key === one.check)?.dependsOn[0];
      const parent = above === undefined ? null : await openAlert(above);
      await addAlert(context, {
        subject: one.check,
        checkId: ids.get(one.check) ?? null,
        severity: one.isCritical ? "critical" : "warning",
        parentId: parent?.id ?? null,
        notifiedAt: context.now(),
      });
      return;
    }
    case "resolve":
      await context.db.alert.updateMany({
        where: { checkId: ids.get(one.check) ?? "", state: "firing" },
        data: { state: "resolved", resolvedAt: context.now(), openFingerprint: null },
      });
      return;
    case "wait":
      context.advance(one.minutes * 60);
      return;
    case "change": {
      const open = await context.db.incident.findMany({
        where: { status: { not: "resolved" } },
        orderBy: { number: "asc" },
      });
      const incident = open[one.nth % Math.max(1, open.length)];
      if (incident)
        await updateIncident(context.as(ada), {
          id: incident.id,
          title: `Ada's ${incident.number}`,
          severity: incident.severity === "low" ? "medium" : "low",
        });
      return;
    }
    case "take out": {
      const alert = await openAlert(one.check);
      if (alert?.incidentId) await unlinkAlert(context.as(ada), { id: alert.id });
      return;
    }
    case "acknowledge": {
      const alert = await openAlert(one.check);
      if (alert && !alert.acknowledgedAt) await acknowledgeAlert(context.as(ada), { id: alert.id });
      return;
    }
    default:
  }
}

const read = () => context.db.incident.findMany({ include: { alerts: true, checks: true } });
type Stored = Awaited<ReturnType<typeof read>>[number];
const ofPersons = ({ title, severity, status, isAutomatic, checks, resolvedAt }: Stored) => ({
  title,
  severity,
  status,
  isAutomatic,
  resolvedAt,
  checks: checks.map(({ label, impact }) => `${label} ${impact}`).toSorted(),
});

test("whatever fires and resolves: one open incident a group, none over while an alert of it fires, a person's word stays", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 16 }), async (commands) => {
      context.setNow("2026-11-27T12:00:00Z");
      await context.sql.query("TRUNCATE incidents, alerts CASCADE");
      const said = new Map<string, ReturnType<typeof ofPersons>>();
      const takenOut = new Set<string>();
      for (const one of commands) {
        await run(one);
        for (const incident of await read())
          if (!incident.isAutomatic && !said.has(incident.id)) said.set(incident.id, ofPersons(incident));
        if (one.do === "change")
          for (const incident of await read()) if (!incident.isAutomatic) said.set(incident.id, ofPersons(incident));
        for (const { id } of await context.db.alert.findMany({
          where: { incidentReason: { contains: "took it out" } },
        }))
          takenOut.add(id);
        // A process that dies before it looks at incidents: the next one makes up for it.
        if (one.do !== "crash") await moveIncidents(context);

        const incidents = await read();
        const automatic = incidents.filter(({ isAutomatic, status }) => isAutomatic && status !== "resolved");
        for (const group of new Set(groupOf.values())) {
          const holding = automatic.filter(({ alerts }) =>
            alerts.some(({ checkId }) => groupOf.get(checkId ?? "") === group),
          );
          expect(holding.length, group).toBeLessThanOrEqual(1);
        }
        for (const { isAutomatic, status, alerts } of incidents) {
          const fires = alerts.some(({ state }) => state === "firing");
          if (isAutomatic && one.do !== "crash") expect(status === "investigating").toBe(fires);
          expect(alerts.some(({ id }) => takenOut.has(id))).toBe(false);
        }
        for (const incident of incidents) {
          const before = said.get(incident.id);
          if (before) expect(ofPersons(incident)).toEqual(before);
        }
        const firing = await context.db.alert.findMany({ where: { state: "firing", severity: "critical" } });
        if (one.do !== "crash")
          for (const { id, incidentId } of firing) expect(incidentId === null).toBe(takenOut.has(id));
      }
      // An alert was put into one incident, ever, unless a person took it out.
      const lines = await context.db.incidentUpdate.findMany({
        where: { source: "automatic", ref: { startsWith: "joined-" } },
      });
      const refs = lines.map(({ ref }) => ref);
      expect(new Set(refs).size).toBe(refs.length);
    }),
    { numRuns: 25 },
  );
}, 120_000);
