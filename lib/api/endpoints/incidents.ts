import { z } from "zod";
import { listIncidents, listIncidentsInput } from "@/lib/incidents/list-incidents";
import { IncidentSeverity, IncidentStatus, IncidentVisibility } from "@/lib/db/generated/enums";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const incident = z.object({
  id: z.uuid(),
  title: z.string(),
  severity: z.enum(IncidentSeverity),
  status: z.enum(IncidentStatus),
  description: z.string(),
  visibility: z.enum(IncidentVisibility),
  startedAt: time,
  resolvedAt: time.nullable(),
  createdAt: time,
});

export const incidents = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incidents",
    scope: "read",
    tag: "Incidents",
    summary: "List incidents",
    query: listIncidentsInput,
    response: list(incident),
    handle: (context, { query }) => listIncidents(context, query),
  }),
];
