import "server-only";
import { type AlertAttention, readAttention } from "@/lib/alerting/read-attention";
import type { Context } from "@/lib/core/context";
import type { RecentErrors } from "@/lib/errors/groups/recent-errors";
import { readMaintainedChecks } from "@/lib/checks/maintained-checks";
import { listWorstChecks, type WorstChecks } from "@/lib/checks/list-worst-checks";
import { LIVE_TTL_MS, liveCache } from "./live-cache";

/** So many cards; the rest is on the checks page. */
const MAX_CARDS = 24;

interface Live extends WorstChecks {
  alerts: AlertAttention;
  errors: RecentErrors;
  readAt: number;
}

/** How everything is now, for the frame and the overview: four queries, at most each 4 s, however many look. */
export async function readLive(context: Context): Promise<Live> {
  return liveCache().get("live", LIVE_TTL_MS, async () => {
    const [{ workerLastSeenAt, errors, ...alerts }, maintained] = await Promise.all([
      readAttention(context),
      readMaintainedChecks(context),
    ]);
    const checks = await listWorstChecks(context, { limit: MAX_CARDS, watch: { workerLastSeenAt, maintained } });
    return { ...checks, alerts, errors, readAt: context.now().getTime() };
  });
}
