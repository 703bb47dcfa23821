import { SYSTEM } from "@/lib/core/actor";
import { notifyChange } from "@/lib/core/changes";
import { asActor, type Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import type { Recorder } from "./define-recorder";
import * as allRecorders from "./recorders";
import { startRecorders } from "./run-recorders";
import type { Sample } from "./sample";
import { writeSamples } from "./write-samples";

/**
 * Records what is the same from wherever it is read (the database, the queue) for one minute. A cron task of the worker:
 * whoever claims the slot does it.
 * @param slot the full minute that the values are stamped with
 * @returns how many samples were stored
 */
export async function recordClusterMetrics(
  context: Context,
  slot: Date,
  recorders: readonly Recorder[] = clusterRecorders(),
): Promise<number> {
  const { stored } = await writeSamples(asActor(context, SYSTEM), await read(context, slot, recorders));
  if (stored > 0) await notifyChange(context.sql, { topic: "metrics" });
  return stored;
}

/**
 * Stores the counters as they are when a worker starts, so that the first minute already has a difference to take.
 * Never throws: without it the second minute has.
 */
export async function recordClusterBaseline(context: Context): Promise<void> {
  try {
    const samples = await read(context, context.now(), clusterRecorders());
    await writeSamples(
      asActor(context, SYSTEM),
      samples.filter(({ name }) => name.endsWith("_total")),
    );
  } catch (error) {
    context.log.warn({ error: messageOf(error) }, "the database's counters were not read");
  }
}

const clusterRecorders = (): Recorder[] => Object.values(allRecorders).filter(({ scope }) => scope === "cluster");

async function read(context: Context, slot: Date, recorders: readonly Recorder[]): Promise<Sample[]> {
  const running = startRecorders(recorders, { sql: context.sql, env: context.env, process: "worker" }, context.log);
  try {
    return await running.record(slot);
  } finally {
    running.stop();
  }
}
