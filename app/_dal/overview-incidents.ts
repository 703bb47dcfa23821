import "server-only";
import type { Context } from "@/lib/core/context";
import { listIncidents } from "@/lib/incidents/list-incidents";
import { listOpenIncidents } from "@/lib/incidents/list-open-incidents";
import { CHART_TTL_MS, liveCache } from "./live-cache";

export interface OpenIncident {
  id: string;
  title: string;
  severity: "low" | "medium" | "high" | "critical";
  status: string;
  startedAt: number;
}

export interface IncidentMark {
  from: number;
  to: number | null;
  label: string;
  tone: "negative" | "caution";
}

/** What is open now, and what was, for the charts: the latest hundred. */
export async function readIncidents(context: Context): Promise<{ open: OpenIncident[]; marks: IncidentMark[] }> {
  return liveCache().get("incidents", CHART_TTL_MS, async () => {
    const [open, latest] = await Promise.all([
      listOpenIncidents(context),
      listIncidents(context, { status: "all", limit: 100 }),
    ]);
    return {
      open: open.map(({ id, title, severity, status, startedAt }) => ({
        id,
        title,
        severity,
        status,
        startedAt: startedAt.getTime(),
      })),
      marks: latest.items.map(({ title, severity, startedAt, resolvedAt }) => ({
        from: startedAt.getTime(),
        to: resolvedAt?.getTime() ?? null,
        label: title,
        tone: severity === "low" || severity === "medium" ? "caution" : "negative",
      })),
    };
  });
}
