import type { Prisma } from "@/lib/db/generated/client";
import { demoId } from "./demo-id";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const check = (key: string) => [{ label: "check", op: "=", value: key }];

/** A silence, a maintenance window that is open now and one of each week, in the place of those of an earlier demo. */
export async function seedMuting(tx: Prisma.TransactionClient, now: Date): Promise<void> {
  const after = (ms: number) => new Date(now.getTime() + ms);
  const silence = {
    id: demoId("silence", "webhooks"),
    matchers: check("demo-webhooks"),
    comment: "The provider replaces a router.",
    startsAt: after(-40 * MINUTE_MS),
    endsAt: after(5 * HOUR_MS),
    createdBy: "Ada",
    createdAt: after(-40 * MINUTE_MS),
  };
  const move = {
    id: demoId("window", "cdn"),
    label: "Move of the CDN",
    description: "All images come from the new provider afterwards.",
    matchers: check("demo-cdn"),
    recurrence: "once" as const,
    timezone: "UTC",
    startsAt: after(-25 * MINUTE_MS),
    endsAt: after(95 * MINUTE_MS),
    createdBy: "Ada",
    createdAt: after(-24 * HOUR_MS),
  };
  const upgrades = {
    id: demoId("window", "upgrades"),
    label: "Upgrades of the database",
    matchers: check("database"),
    recurrence: "weekly" as const,
    timezone: "Europe/Berlin",
    weekdays: [7],
    startTime: "03:00",
    durationMinutes: 60,
    createdBy: "Ada",
    createdAt: after(-24 * HOUR_MS),
  };
  await tx.silence.deleteMany({ where: { id: silence.id } });
  await tx.maintenanceWindow.deleteMany({ where: { id: { in: [move.id, upgrades.id] } } });
  await tx.silence.create({ data: silence });
  await tx.maintenanceWindow.createMany({ data: [move, upgrades] });
}
