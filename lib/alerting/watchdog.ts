import { WORKER_SILENT_AFTER_MS, isWorkerSilent } from "@/lib/checks/displayed-state";
import { getWorkerLastSeenAt } from "@/lib/checks/worker-seen";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { followAlerts } from "@/lib/incidents/automatic/follow-alerts";
import { evaluateAlerts } from "./evaluation/evaluate-alerts";

export interface Watchdog {
  stop: () => Promise<void>;
}

/** What sends messages, started while no worker does (lib/alerting/delivery). */
export interface Sender {
  start: () => void;
  wake: () => void;
  stop: () => Promise<void>;
}

const LOOK_MS = 15_000;

/**
 * The web process looks after the worker: one that is gone can't say so itself. While none is seen, the rules about that are
 * evaluated here and their messages, and those that the worker left behind, are sent from here. A silence counts from when somebody
 * began to listen: after all was stopped, the machine slept or the database was away, the worker gets its time to come back.
 */
export function startWatchdog(context: Context, createSender: () => Sender, lookMs = LOOK_MS): Watchdog {
  let sender: Sender | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;
  let listeningSince = context.now();
  let lookedAt = listeningSince;

  const isSilent = async () => {
    const seenAt = await getWorkerLastSeenAt(context);
    const now = context.now();
    if (now.getTime() - lookedAt.getTime() > WORKER_SILENT_AFTER_MS) listeningSince = now;
    lookedAt = now;
    return isWorkerSilent(now, seenAt) && isWorkerSilent(now, listeningSince);
  };
  const look = async () => {
    try {
      if (await isSilent()) {
        const { changed } = await evaluateAlerts(context, { sources: ["worker-silent"] });
        if (changed > 0) await followAlerts(context);
        if (!sender) {
          context.log.warn({}, "no worker is seen: the web process tells of it");
          sender = createSender();
          sender.start();
        }
        sender.wake();
      } else if (sender) {
        await sender.stop();
        sender = undefined;
      }
    } catch (error) {
      // The database is away: then the database check's alert goes out when it is back.
      context.log.warn({ error: messageOf(error) }, "the web process can't look after the worker; trying again");
    }
  };
  const loop = () => {
    looking = look().finally(() => {
      if (!stopped) timer = setTimeout(loop, lookMs);
    });
  };
  timer = setTimeout(loop, lookMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await sender?.stop();
    },
  };
}
