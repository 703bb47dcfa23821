import type { Context } from "@/lib/core/context";
import { type DemoEntry, type DemoIncident, demoIncidents } from "./demo-incidents";
import { PAYMENTS_DEPLOY } from "./demo-notes";
import type { DemoOutage } from "./demo-outages";
import { demoLesson } from "./demo-postmortems";

/** Writes the demo's incidents with their timelines and affected checks, and its deploy, in the place of those of an earlier demo. @returns how many */
export async function seedIncidents({ db }: Context, now: Date, outages: readonly DemoOutage[]): Promise<number> {
  const incidents = demoIncidents(now, outages);
  const keys = incidents.flatMap(({ affected }) => Object.keys(affected));
  const checks = await db.healthCheck.findMany({
    where: { key: { in: keys } },
    select: { id: true, key: true, label: true },
  });
  const { secondsBefore, ...deploy } = PAYMENTS_DEPLOY;
  const deployedAt = new Date((outages[0]?.from ?? now).getTime() - secondsBefore * 1000);
  await db.$transaction(async (tx) => {
    await tx.deploy.deleteMany({ where: { id: deploy.id } });
    await tx.deploy.create({ data: { ...deploy, at: deployedAt, createdAt: deployedAt, createdBy: "demo" } });
    await tx.incident.deleteMany({ where: { id: { in: incidents.map(({ id }) => id) } } });
    for (const { entries, affected, ...incident } of incidents) {
      const affectedChecks = checks.flatMap(({ id, key, label }) => {
        const impact = affected[key];
        return impact ? [{ checkId: id, label, impact }] : [];
      });
      const status = statusOf(entries);
      await tx.incident.create({
        data: {
          ...incident,
          ...status,
          ...demoLesson(incident.title, status.resolvedAt, now),
          detectedAt: detectedAt(incident, entries),
          createdAt: incident.startedAt,
          checks: { create: affectedChecks },
          updates: {
            create: entries.map((entry) => ({ ...entry, createdAt: entry.at, isPublic: entry.source === "update" })),
          },
        },
      });
    }
  });
  return incidents.length;
}

/** Where an incident is after its timeline, and when it came there. Pure. */
function statusOf(entries: readonly DemoEntry[]) {
  const moves = entries.filter(({ status }) => status !== undefined);
  const last = moves.at(-1);
  const status = last?.status ?? "investigating";
  return {
    status,
    acknowledgedAt: entries.find(({ source }) => source === "update")?.at ?? null,
    mitigatedAt: moves.find((move) => move.status === "monitoring" || move.status === "resolved")?.at ?? null,
    resolvedAt: status === "resolved" ? (last?.at ?? null) : null,
  };
}

/** The alert noticed it, where there was one. Pure. */
const detectedAt = ({ startedAt }: Pick<DemoIncident, "startedAt">, entries: readonly DemoEntry[]): Date =>
  entries.find(({ source }) => source === "alerts")?.at ?? startedAt;
