import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { type ClaimedMessage, claimMessages, nextDueAt } from "./claim-messages";
import { deliver } from "./deliver";
import { formMessages } from "./form-messages";

export interface Delivery {
  start: () => void;
  /** Looks at once whether there is something to send. */
  wake: () => void;
  /** Begins nothing more and waits for what is being sent. */
  stop: () => Promise<void>;
}

/** Other processes write too, and nobody tells of it: looked at as often at least. */
const POLL_MS = 2_000;
const MIN_WAIT_MS = 20;
const MAX_IN_HAND = 20;
const MAX_OF_CHANNEL = 5;

/**
 * Sends what is to be sent, sharing it with every other process on the same database. While the database is away nothing is
 * lost: what was sent meanwhile is asked for when it is back.
 * @param owner this process's own UUID
 */
export function createDelivery(context: Context, { owner }: { owner: string }): Delivery {
  const inHand = new Map<string, { message: ClaimedMessage; done: Promise<void> }>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let isWoken = false;
  let stopped = true;
  let failures = 0;

  const take = (message: ClaimedMessage) => {
    const done = deliver(context, message)
      .catch((error: unknown) =>
        context.log.warn(
          { message: message.id, error: messageOf(error) },
          "what came of a message could not be stored; it is looked at again",
        ),
      )
      .finally(() => {
        inHand.delete(message.id);
        wake();
      });
    inHand.set(message.id, { message, done });
  };

  const work = async (): Promise<number> => {
    try {
      await formMessages(context);
      const limit = MAX_IN_HAND - inHand.size;
      const counts = new Map<string, number>();
      for (const { message } of inHand.values())
        counts.set(message.channelId, (counts.get(message.channelId) ?? 0) + 1);
      const busy = [...counts].filter(([, count]) => count >= MAX_OF_CHANNEL).map(([id]) => id);
      const claimed = limit > 0 ? await claimMessages(context, { owner, limit, busy }) : [];
      for (const message of claimed) take(message);
      if (failures > 0) context.log.info({}, "messages are sent again");
      failures = 0;
      const at = await nextDueAt(context);
      return at ? Math.min(POLL_MS, Math.max(MIN_WAIT_MS, at.getTime() - context.now().getTime())) : POLL_MS;
    } catch (error) {
      if (failures++ === 0) context.log.error({ error: messageOf(error) }, "messages can't be read; trying again");
      return POLL_MS;
    }
  };

  const run = () => {
    clearTimeout(timer);
    isWoken = false;
    working = work().then((waitMs) => {
      working = undefined;
      if (stopped) return;
      if (isWoken) run();
      else timer = setTimeout(run, waitMs);
    });
  };
  const wake = () => {
    if (stopped) return;
    isWoken = true;
    if (!working) run();
  };

  return {
    start: () => {
      stopped = false;
      run();
    },
    wake,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await working;
      await Promise.all([...inHand.values()].map(({ done }) => done));
    },
  };
}
