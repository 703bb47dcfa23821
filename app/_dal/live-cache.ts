import "server-only";
import { processChanges } from "@/lib/core/changes";
import { processContext } from "@/lib/core/process-context";
import { createTtlCache, type TtlCache } from "@/lib/core/ttl-cache";

/** What a card shows, in milliseconds: with the page's own 5 s between refreshes, a change is seen within 10 s. */
export const LIVE_TTL_MS = 4_000;
/** What a chart shows: its points are a minute or more apart. */
export const CHART_TTL_MS = 15_000;

const KEY = Symbol.for("watchkeeper.live-cache");
const holder: typeof globalThis & { [KEY]?: TtlCache } = globalThis;

/**
 * The one cache of what pages read again and again: the queries a second do not grow with the viewers. By time only,
 * since another process writes; a flip or a lost connection to the database forgets everything at once.
 */
export function liveCache(): TtlCache {
  if (holder[KEY]) return holder[KEY];
  const cache = createTtlCache({ now: processContext().now });
  processChanges()?.subscribe(({ topic, flip }) => {
    if (flip || topic === "all" || topic === "worker") cache.clear();
    else if (topic === "incidents") cache.clear("incidents");
    else if (topic === "alerts") cache.clear("live");
  });
  return (holder[KEY] = cache);
}

/** After a write by a person: the next page shows it. */
export function forgetLive(): void {
  liveCache().clear();
}
