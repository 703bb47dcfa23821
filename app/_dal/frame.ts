import "server-only";
import { titlePrefix, judge } from "@/app/_components/verdict";
import { may } from "@/lib/core/actor";
import { readLive } from "./live";
import { readIncidents } from "./overview-incidents";
import { pageContext, requireActor } from "./session";

/** What the frame around every page shows. */
export interface FrameData {
  viewer: { name: string; role: string; mayEdit: boolean; mayDeclare: boolean };
  installation: string;
  workerLastSeenAt: number | null;
  workerSilent: boolean;
  /** Failing and broken checks, and degraded ones. */
  failing: number;
  degraded: number;
  /** Alerts that fire and that nobody has taken on. */
  alerts: number;
  /** Open ones. */
  incidents: number;
  /** New or come back since yesterday, and nobody's. */
  errors: number;
  /** Stands before the page's title in the tab. */
  titlePrefix: string | null;
  now: number;
}

/** The frame's data: who looks, and how everything is. One query of its own, the session's; the rest is cached. */
export async function getFrame(): Promise<FrameData> {
  const [context, actor] = await Promise.all([pageContext(), requireActor()]);
  const { env } = context;
  const [live, incidents] = await Promise.all([readLive(context), readIncidents(context)]);
  return {
    viewer: {
      name: actor.name,
      role: actor.role,
      mayEdit: may(actor, "checks:write"),
      mayDeclare: may(actor, "incidents:write"),
    },
    installation: env.APP_URL ? new URL(env.APP_URL).host : `${env.HOST}:${env.PORT}`,
    workerLastSeenAt: live.workerLastSeenAt?.getTime() ?? null,
    workerSilent: live.workerSilent,
    failing: live.counts.failed + live.counts.crashed,
    degraded: live.counts.warning,
    alerts: live.alerts.needing,
    incidents: incidents.open.length,
    errors: live.errors.needing,
    titlePrefix: titlePrefix(judge(live)),
    now: live.readAt,
  };
}
