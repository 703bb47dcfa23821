import "server-only";
import type { Context } from "@/lib/core/context";
import { incidentName } from "@/lib/incidents/incident";
import { listRecentIncidents } from "@/lib/incidents/list-recent-incidents";
import { CHART_TTL_MS, liveCache } from "./live-cache";

export interface OpenIncident {
  id: string;
  number: number;
  title: string;
  severity: "low" | "medium" | "high" | "critical";
  status: "investigating" | "identified" | "monitoring" | "resolved";
  startedAt: number;
}

export interface IncidentMark {
  from: number;
  to: number | null;
  label: string;
  tone: "negative" | "caution";
}

/** What is open now, and what was, for the charts: by one query. */
export async function readIncidents(context: Context): Promise<{ open: OpenIncident[]; marks: IncidentMark[] }> {
  return liveCache().get("incidents", CHART_TTL_MS, async () => {
    const incidents = await listRecentIncidents(context);
    return {
      open: incidents
        .filter(({ resolvedAt }) => resolvedAt === null)
        .map(({ id, number, title, severity, status, startedAt }) => ({
          id,
          number,
          title,
          severity,
          status,
          startedAt: startedAt.getTime(),
        })),
      marks: incidents.map(({ number, title, severity, startedAt, resolvedAt }) => ({
        from: startedAt.getTime(),
        to: resolvedAt?.getTime() ?? null,
        label: `${incidentName(number)} ${title}`,
        tone: severity === "low" || severity === "medium" ? "caution" : "negative",
      })),
    };
  });
}
