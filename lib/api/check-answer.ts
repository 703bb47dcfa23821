import { z } from "zod";
import type { Check } from "@/lib/checks/check";
import { CHECK_STATUSES } from "@/lib/checks/define-check";
import { DISPLAYED_STATES, type DisplayedState, stateOf } from "@/lib/checks/displayed-state";
import { readWatch } from "@/lib/checks/watch";
import type { Context } from "@/lib/core/context";
import { time } from "./schemas";

/** A result's own fields, as JSON. */
export const result = z.object({
  scheduledAt: time,
  startedAt: time,
  durationMs: z.number(),
  status: z.enum(CHECK_STATUSES),
  shortSummary: z.string(),
  message: z.string(),
  meta: z.record(z.string(), z.unknown()),
});

/** A check, as JSON. */
export const check = z.object({
  id: z.uuid(),
  key: z.string(),
  type: z.string(),
  label: z.string(),
  origin: z.enum(["file", "database"]),
  config: z
    .record(z.string(), z.unknown())
    .meta({ description: "Secrets are masked; a masked value that comes back is kept" }),
  intervalSeconds: z.int(),
  timeoutSeconds: z.int(),
  failureThreshold: z.int(),
  dependsOn: z.array(z.string()).meta({ description: "Keys of checks" }),
  pausedAt: time.nullable(),
  status: z.enum(CHECK_STATUSES).nullable().meta({ description: "After failureThreshold; null until decided" }),
  state: z
    .enum(DISPLAYED_STATES)
    .meta({ description: "What the dashboard shows: stale when nobody knows it now, maintenance in a window" }),
  statusSince: time.nullable(),
  consecutiveFailures: z.int(),
  lastResult: result.nullable(),
  lastResultAt: time.nullable(),
  nextDueAt: time,
  createdAt: time,
});

/** Adds to checks what is to be shown of them now: `status` alone may be one that nobody watches over any more. */
export async function withState<
  C extends Pick<Check, "id" | "status" | "pausedAt" | "lastResultAt" | "intervalSeconds">,
>(context: Context, checks: readonly C[]): Promise<(C & { state: DisplayedState })[]> {
  const watch = await readWatch(context);
  const now = context.now();
  return checks.map((one) => ({ ...one, state: stateOf(one, now, watch) }));
}

/** The same of one check that a verb answers with. */
export async function answerCheck(context: Context, verb: Promise<Check>): Promise<Check & { state: DisplayedState }> {
  const one = await verb;
  return { ...one, state: stateOf(one, context.now(), await readWatch(context)) };
}
