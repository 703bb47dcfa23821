import { z } from "zod";
import { IncidentImpact, IncidentVisibility } from "@/lib/db/generated/enums";
import { entry, incident } from "./incident-schemas";
import { time } from "./schemas";

export const actionItem = z.object({
  id: z.uuid(),
  incidentId: z.uuid(),
  incidentNumber: z.int(),
  incidentTitle: z.string(),
  title: z.string(),
  ownerId: z.uuid().nullable(),
  owner: z.string().nullable(),
  dueOn: z.iso.date().nullable().meta({ description: "Until the end of that day, in UTC." }),
  doneAt: time.nullable(),
  doneBy: z.string().nullable(),
  createdAt: time,
  isOverdue: z.boolean(),
});

const markdown = z.string().meta({ description: "Markdown." });

export const postmortem = z.object({
  impact: markdown,
  rootCause: markdown,
  causeCategory: z.string(),
  contributingFactors: markdown,
  whys: z.array(z.string()),
  wentWell: markdown,
  wentBadly: markdown,
  visibility: z.enum(IncidentVisibility),
  publishedAt: time.nullable().meta({ description: "null: a draft." }),
  version: z.int().meta({ description: "0: nobody saved it yet, and the texts are the template's." }),
  updatedBy: z.string().nullable(),
  updatedAt: time.nullable(),
});

export const postmortemDocument = postmortem.extend({
  audience: z.enum(["house", "public"]),
  incident,
  checks: z.array(z.object({ checkId: z.uuid().nullable(), label: z.string(), impact: z.enum(IncidentImpact) })),
  timeline: z.array(entry),
  actions: z.array(actionItem),
});

const spread = z.object({
  count: z.int().meta({ description: "Of so many incidents." }),
  median: z.number().nullable().meta({ description: "Seconds." }),
  p90: z.number().nullable().meta({ description: "Seconds." }),
});

const figures = z.object({
  count: z.int(),
  open: z.int(),
  detect: spread.meta({ description: "From the start until it was noticed." }),
  acknowledge: spread.meta({ description: "From then until a person took it on (MTTA)." }),
  resolve: spread.meta({ description: "From the start to the end (MTTR)." }),
});

const breakdown = figures.extend({
  severities: z.array(figures.extend({ severity: incident.shape.severity })),
});

const recurring = z.object({
  name: z.string(),
  count: z.int(),
  link: z.string().nullable(),
  incidents: z.array(z.object({ id: z.uuid(), number: z.int() })),
});

export const incidentFigures = z.object({
  from: time,
  to: time,
  timezone: z.string(),
  total: breakdown,
  months: z.array(breakdown.extend({ month: z.string().meta({ description: "2026-11" }), from: time, to: time })),
  downtime: z.array(
    z.object({
      checkId: z.uuid(),
      label: z.string(),
      seconds: z.number(),
      uptime: z.number().nullable().meta({ description: "Percent." }),
    }),
  ),
  categories: z.array(recurring),
  roots: z.array(recurring),
  rules: z.array(z.object({ ruleId: z.uuid().nullable(), label: z.string(), count: z.int() })),
});
