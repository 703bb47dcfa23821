import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { followAlerts } from "./follow-alerts";

export interface IncidentLoop {
  /** Alerts changed: incidents are looked at now. Returns at once, so that no alert waits for it. */
  wake: () => void;
  /** Begins nothing more and waits for what runs. */
  stop: () => Promise<void>;
}

const MAX_RETRY_MS = 10_000;
const MAX_TIMER_MS = 60_000;

/**
 * Brings incidents up to the alerts between the minute's rounds: when alerts change, and when a quiet incident falls due. What
 * fails is tried again; what a process that died left undone the minute's round does.
 */
export function createIncidentLoop(context: Context, follow: typeof followAlerts = followAlerts): IncidentLoop {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isWoken = false;
  let stopped = false;
  let failures = 0;

  const work = async (): Promise<number> => {
    try {
      const { lookAgainAt } = await follow(context);
      failures = 0;
      return lookAgainAt ? Math.max(50, lookAgainAt.getTime() - context.now().getTime()) : MAX_TIMER_MS;
    } catch (error) {
      if (failures++ === 0)
        context.log.error({ error: messageOf(error) }, "incidents can't be brought up to the alerts; trying again");
      return Math.min(MAX_RETRY_MS, 250 * 2 ** failures);
    }
  };
  const run = () => {
    clearTimeout(timer);
    isWoken = false;
    running = work().then((waitMs) => {
      running = undefined;
      if (stopped) return;
      if (isWoken && failures === 0) run();
      // Further off is the minute's round.
      else if (waitMs < MAX_TIMER_MS) timer = setTimeout(run, waitMs);
    });
  };
  return {
    wake: () => {
      if (stopped) return;
      isWoken = true;
      if (!running && failures === 0) run();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
