import type { Context } from "@/lib/core/context";
import { demoIncidents } from "./demo-incidents";
import type { DemoOutage } from "./demo-outages";

/** Writes the demo's incidents with their updates, in the place of those of an earlier demo. @returns how many */
export async function seedIncidents({ db }: Context, now: Date, outages: readonly DemoOutage[]): Promise<number> {
  const incidents = demoIncidents(now, outages);
  await db.$transaction(async (tx) => {
    await tx.incident.deleteMany({ where: { id: { in: incidents.map(({ id }) => id) } } });
    for (const { updates, ...incident } of incidents) {
      const last = updates.at(-1);
      const status = last?.status ?? "investigating";
      await tx.incident.create({
        data: {
          ...incident,
          status,
          resolvedAt: status === "resolved" ? last?.at : null,
          detectedAt: incident.startedAt,
          acknowledgedAt: updates[0]?.at ?? null,
          mitigatedAt: updates.find((update) => update.status === "monitoring")?.at ?? null,
          createdAt: incident.startedAt,
          updates: {
            create: updates.map(({ at, ...update }) => ({ ...update, at, createdAt: at, isPublic: true })),
          },
        },
      });
    }
  });
  return incidents.length;
}
