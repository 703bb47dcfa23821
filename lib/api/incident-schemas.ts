import { z } from "zod";
import { IncidentImpact, IncidentSeverity, IncidentStatus, IncidentVisibility } from "@/lib/db/generated/enums";
import { time } from "./schemas";

export const incident = z.object({
  id: z.uuid(),
  number: z.int().meta({ description: "What people call it: 12 is INC-12." }),
  title: z.string(),
  severity: z.enum(IncidentSeverity),
  status: z.enum(IncidentStatus),
  description: z.string().meta({ description: "Markdown." }),
  visibility: z.enum(IncidentVisibility),
  leadId: z.uuid().nullable(),
  lead: z.string().nullable(),
  startedAt: time,
  detectedAt: time,
  acknowledgedAt: time.nullable(),
  mitigatedAt: time.nullable(),
  resolvedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
  createdBy: z.string().nullable().meta({ description: "null: an alert opened it." }),
  version: z.int(),
  isAutomatic: z.boolean().meta({ description: "Its alerts move it on, until a person changes it." }),
  mergedInto: z
    .object({ id: z.uuid(), number: z.int() })
    .nullable()
    .meta({ description: "The incident that goes on in its place." }),
});

export const entry = z.object({
  id: z.uuid(),
  source: z.string().meta({ description: "`update`: a person wrote it." }),
  at: time,
  status: z.enum(IncidentStatus).nullable(),
  message: z.string(),
  link: z.string().nullable(),
  isPinned: z.boolean(),
  isPublic: z.boolean(),
  annotation: z.string().nullable(),
  authorName: z.string().nullable(),
});

export const incidentStory = incident.extend({
  timeline: z.array(entry),
  checks: z.array(z.object({ checkId: z.uuid().nullable(), label: z.string(), impact: z.enum(IncidentImpact) })),
  alertIds: z.array(z.uuid()),
  causes: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      reason: z.string(),
      score: z.number(),
      link: z.string().nullable(),
    }),
  ),
});
