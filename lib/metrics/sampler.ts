import { SYSTEM } from "@/lib/core/actor";
import { notifyChange } from "@/lib/core/changes";
import { asActor, type Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import type { ProcessName, Recorder } from "./define-recorder";
import { recordClusterBaseline } from "./record-cluster-metrics";
import * as allRecorders from "./recorders";
import type { RequestStats } from "./request-stats";
import { type RunningRecorders, startRecorders } from "./run-recorders";
import { decideSlot, nextSlot } from "./sampling-slot";
import { writeSamples } from "./write-samples";

export interface Sampler {
  start: () => void;
  /** Resolves when a reading under way is stored. */
  stop: () => Promise<void>;
}

interface Options {
  process: ProcessName;
  /** The requests of this process, where it answers any. */
  requestStats?: RequestStats;
  recorders?: readonly Recorder[];
  /** Runs something later; for tests. @returns a function that calls it off */
  schedule?: (run: () => void, ms: number) => () => void;
}

/**
 * Records this host's and this process's metrics at each full minute, stamped with that minute. Several processes of one
 * host record the same host series at the same times, so that each value is stored once. A minute that can't be recorded
 * in time (the machine slept, the database was away) stays a gap.
 */
export function createSampler(base: Context, options: Options): Sampler {
  const { process, requestStats, schedule = unrefTimer } = options;
  const recorders = options.recorders ?? Object.values(allRecorders).filter(({ scope }) => scope !== "cluster");
  const context = asActor(base, SYSTEM);
  let running: RunningRecorders | undefined;
  let cancel: (() => void) | undefined;
  let work: Promise<void> = Promise.resolve();

  const arm = (slot: Date, ms: number) => {
    cancel = schedule(() => wake(slot), ms);
  };
  const armNext = () => {
    const now = context.now();
    const slot = nextSlot(now);
    arm(slot, slot.getTime() - now.getTime());
  };
  const wake = (slot: Date) => {
    const decision = decideSlot(slot, context.now());
    if (decision.action === "wait") return arm(slot, decision.ms);
    armNext();
    if (decision.action === "skip") {
      context.log.warn({ slot: slot.toISOString(), lateMs: decision.lateMs }, "woke too late to sample this minute");
    }
    const before = work;
    work = before.then(() => sample(slot, decision.action === "record"));
  };
  /** A skipped slot is read all the same and thrown away, so that the next differences span their own minute only. */
  const sample = async (slot: Date, keep: boolean) => {
    try {
      const samples = (await running?.record(slot)) ?? [];
      if (!keep || samples.length === 0) return;
      const { rejected } = await writeSamples(context, samples);
      if (rejected.length > 0)
        context.log.warn({ slot: slot.toISOString(), rejected }, "some of this minute's samples were not stored");
      await notifyChange(context.sql, { topic: "metrics" });
    } catch (error) {
      context.log.warn({ slot: slot.toISOString(), error: messageOf(error) }, "this minute's samples were not stored");
    }
  };

  return {
    start: () => {
      if (running) return;
      running = startRecorders(recorders, { sql: context.sql, env: context.env, process, requestStats }, context.log);
      if (process === "worker") work = recordClusterBaseline(context);
      armNext();
    },
    stop: async () => {
      cancel?.();
      await work;
      running?.stop();
      running = undefined;
    },
  };
}

function unrefTimer(run: () => void, ms: number): () => void {
  // Sampling alone is no reason for a process to stay alive.
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
}
