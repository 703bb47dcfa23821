import { getFigures, getFiguresInput } from "@/lib/incidents/figures/get-figures";
import { defineEndpoint } from "../define-endpoint";
import { incidentFigures } from "../postmortem-schemas";

export const readIncidentFigures = defineEndpoint({
  method: "GET",
  path: "/api/v1/incidents/figures",
  scope: "read",
  tag: "Incidents",
  summary: "Times to detect, acknowledge and resolve by month and severity, downtime by check, and what recurs",
  query: getFiguresInput,
  response: incidentFigures,
  handle: (context, { query }) => getFigures(context, query),
});
