import type { Pool } from "pg";
import type { Context } from "@/lib/core/context";
import type { Sample } from "../sample";
import { createGroupCommit, type GroupCommit, type GroupCommitLimits } from "./group-commit";
import { createPartitionDays } from "./partition-days";
import { prepareSamples } from "./prepare";
import type { SampleJob, WriteOutcome } from "./rows";
import { createSeriesRegistry } from "./series-registry";
import { writeGroup } from "./write-group";

/**
 * What waits is bounded to a few seconds' work, and to memory that a small server has. Two connections: while one waits for
 * the disk the other inserts.
 */
const LIMITS: GroupCommitLimits = { groupRows: 10_000, concurrency: 2, maxRows: 30_000, maxBytes: 64 * 1024 * 1024 };

/** All samples of one process go through one of these a database. */
export interface Writer extends Pick<GroupCommit<SampleJob>, "isFull" | "assertRoom" | "waiting" | "totals"> {
  /**
   * Stores samples and says what became of each; committed when it resolves.
   * @throws Problem overloaded when too many wait, before any of them is taken
   */
  write: (context: Context, samples: readonly Sample[]) => Promise<WriteOutcome>;
}

export function createWriter({ sql, config }: Pick<Context, "sql" | "config">, limits = LIMITS): Writer {
  const registry = createSeriesRegistry(sql);
  const days = createPartitionDays(sql);
  const { seriesLimits } = config.metrics;
  const queue = createGroupCommit<SampleJob>(limits, (jobs) => writeGroup({ sql, registry, days }, jobs, seriesLimits));
  const { isFull, assertRoom, waiting, totals } = queue;
  return {
    isFull,
    assertRoom,
    waiting,
    totals,
    write: async ({ actor }, samples) => {
      assertRoom();
      const job = prepareSamples(registry, samples, actor.kind === "token" ? actor.id : null);
      if (job.rows > 0) await queue.push(job);
      job.outcome.rejected.sort((a, b) => a.index - b.index);
      return job.outcome;
    },
  };
}

const KEY = Symbol.for("watchkeeper.metric-writers");
const holder: typeof globalThis & { [KEY]?: WeakMap<Pool, Writer> } = globalThis;

/** This process's writer. On globalThis because server.ts and Next's bundle hold two copies of this module. */
export function writerOf(context: Pick<Context, "sql" | "config">): Writer {
  const writers = (holder[KEY] ??= new WeakMap());
  const existing = writers.get(context.sql);
  if (existing) return existing;
  const writer = createWriter(context);
  writers.set(context.sql, writer);
  return writer;
}
