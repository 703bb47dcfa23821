import type { Prisma } from "@/lib/db/generated/client";

export const INCIDENT_FIELDS = {
  id: true,
  title: true,
  severity: true,
  status: true,
  description: true,
  visibility: true,
  startedAt: true,
  resolvedAt: true,
  createdAt: true,
} as const satisfies Prisma.IncidentSelect;

export type Incident = Prisma.IncidentGetPayload<{ select: typeof INCIDENT_FIELDS }>;

/** Everything but resolved. */
export const OPEN_STATUSES = ["investigating", "identified", "monitoring"] as const;
