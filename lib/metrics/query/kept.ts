import type { MonitoringConfig } from "@/lib/config";
import { quantileFor } from "./aggregates";
import type { Group } from "./groups";
import { invalid } from "./invalid";
import type { Wanted } from "./input";
import type { Tier } from "./spans";
import type { TimeGrid } from "./time-grid";

const DAY_MS = 86_400_000;

/** Since when samples and roll-ups are kept, in ms: partitions before are dropped. */
export interface KeptSince {
  raw: number;
  hour: number;
}

export function keptSince({ retentionDays, metrics }: MonitoringConfig, now: Date): KeptSince {
  const since = (days: number) => Math.floor((now.getTime() - days * DAY_MS) / DAY_MS) * DAY_MS;
  return { raw: since(retentionDays), hour: since(metrics.rollupRetentionDays.hour) };
}

/** The finest step, in seconds, of which the past at a time is still kept. */
export function finestKept(since: KeptSince, from: Date): number {
  if (from.getTime() >= since.raw) return 1;
  return from.getTime() >= since.hour ? 3_600 : 86_400;
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * Refuses what cannot be answered any more, so that no gap is taken for silence. Pure.
 * @throws Problem invalid, with what can be asked instead
 */
export function refuseForgotten(
  { agg, name }: Wanted,
  groups: readonly Group[],
  { bounds }: TimeGrid,
  tier: Tier,
  since: KeptSince,
): void {
  const from = bounds[0] ?? 0;
  if (groups.length === 0 || from >= since.raw) return;
  if (tier === "raw")
    throw invalid(
      "step",
      `single samples are kept since ${day(since.raw)}, and ${name} is asked for from ${day(from)}; take a step of whole hours, like 3600`,
    );
  if (quantileFor(agg) !== undefined && groups.some(({ kind }) => kind !== "distribution"))
    throw invalid(
      "agg",
      `${agg} of ${name} needs its single samples, which are kept since ${day(since.raw)}; ask from then on, or for avg, min or max`,
    );
  if (tier === "hour" && from < since.hour)
    throw invalid(
      "step",
      `hours are kept since ${day(since.hour)}, and ${name} is asked for from ${day(from)}; take a step of whole days, like 86400, in UTC`,
    );
}
