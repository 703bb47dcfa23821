import type { Prisma } from "@/lib/db/generated/client";
import { IncidentImpact, IncidentSeverity, IncidentStatus, IncidentVisibility } from "@/lib/db/generated/enums";

export const INCIDENT_FIELDS = {
  id: true,
  number: true,
  title: true,
  severity: true,
  status: true,
  description: true,
  visibility: true,
  leadId: true,
  lead: { select: { name: true } },
  startedAt: true,
  detectedAt: true,
  acknowledgedAt: true,
  mitigatedAt: true,
  resolvedAt: true,
  createdAt: true,
  updatedAt: true,
  createdBy: true,
  version: true,
  isAutomatic: true,
  mergedInto: { select: { id: true, number: true } },
} as const satisfies Prisma.IncidentSelect;

type IncidentRow = Prisma.IncidentGetPayload<{ select: typeof INCIDENT_FIELDS }>;

export type Incident = Omit<IncidentRow, "lead"> & {
  /** The lead's name. */
  lead: string | null;
};

export const toIncident = ({ lead, ...row }: IncidentRow): Incident => ({ ...row, lead: lead?.name ?? null });

/** From the least to the worst, as PostgreSQL sorts them too. */
export const INCIDENT_SEVERITIES = Object.values(IncidentSeverity);
export const INCIDENT_STATUSES = Object.values(IncidentStatus);
export const INCIDENT_IMPACTS = Object.values(IncidentImpact);
export const INCIDENT_VISIBILITIES = Object.values(IncidentVisibility);

/** Everything but resolved. */
export const OPEN_STATUSES = ["investigating", "identified", "monitoring"] as const;

/** "INC-12" */
export const incidentName = (number: number): string => `INC-${number}`;
