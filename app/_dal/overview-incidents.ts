import "server-only";
import type { ChartMark } from "@/app/_components/chart-types";
import type { Context } from "@/lib/core/context";
import { deployTitle } from "@/lib/incidents/deploys/deploy-words";
import { incidentName } from "@/lib/incidents/incident";
import { MAX_RECENT_DEPLOYS, listRecentIncidents } from "@/lib/incidents/list-recent-incidents";
import { CHART_TTL_MS, liveCache } from "./live-cache";

export interface OpenIncident {
  id: string;
  number: number;
  title: string;
  severity: "low" | "medium" | "high" | "critical";
  status: "investigating" | "identified" | "monitoring" | "resolved";
  startedAt: number;
}

interface Incidents {
  open: OpenIncident[];
  marks: ChartMark[];
  /** Deploys before this are not among the marks. */
  deploysSince: number;
}

type MarkedDeploy = Parameters<typeof deployTitle>[0] & { at: Date; url: string | null };

/** What is open now, and for the charts what was and what was deployed: by one query. */
export async function readIncidents(context: Context): Promise<Incidents> {
  return liveCache().get("incidents", CHART_TTL_MS, async (): Promise<Incidents> => {
    const { incidents, deploys } = await listRecentIncidents(context);
    const oldest = deploys.length < MAX_RECENT_DEPLOYS ? undefined : deploys.at(-1);
    return {
      deploysSince: oldest?.at.getTime() ?? 0,
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
      marks: [
        ...incidents.map(({ number, title, severity, startedAt, resolvedAt }): ChartMark => ({
          kind: "incident",
          from: startedAt.getTime(),
          to: resolvedAt?.getTime() ?? null,
          label: `${incidentName(number)} ${title}`,
          href: `/incidents/${number}`,
          tone: severity === "low" || severity === "medium" ? "caution" : "negative",
        })),
        ...deploys.map(deployMark),
      ],
    };
  });
}

/** A moment on every chart; it leads to where the deploy can be read about. */
export const deployMark = ({ at, url, ...deploy }: MarkedDeploy): ChartMark => ({
  kind: "deploy",
  ...(url !== null && { href: url }),
  from: at.getTime(),
  to: at.getTime(),
  label: `Deploy: ${deployTitle(deploy)}`,
  tone: "info",
});
