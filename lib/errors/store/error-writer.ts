import { DatabaseError, type Pool } from "pg";
import type { Context } from "@/lib/core/context";
import { createGroupCommit, type GroupCommitLimits, type Job, overloaded } from "@/lib/metrics/writer/group-commit";
import { createPartitionDays } from "@/lib/metrics/writer/partition-days";
import type { EventOutcome, EventRow } from "./event-row";
import { type BatchParts, writeBatch } from "./write-batch";

/**
 * One batch at a time: while it is written the next gathers, so that the busier it is, the fewer commits there are for an
 * event. What waits is less than a second's work: past it a sender is refused at once, and none waits for long.
 */
const LIMITS: GroupCommitLimits = { groupRows: 150, concurrency: 1, maxRows: 300, maxBytes: 64 * 1024 * 1024 };
/** Pages are told of events that are nothing new at most so often. */
const TELL_EVERY_MS = 1_000;

interface EventJob extends Job {
  events: readonly EventRow[];
  outcomes: EventOutcome[];
}

/** All error events of one process go through one of these a database. */
export interface ErrorWriter {
  /**
   * Stores events and says what became of each; committed when it resolves.
   * @throws Problem overloaded when too many wait, before any of them is taken
   */
  write: (events: readonly EventRow[]) => Promise<EventOutcome[]>;
  /** Would `write` refuse now? @param besides events that are on their way to it */
  isFull: (besides?: number) => boolean;
}

export function createErrorWriter({ sql, now }: Pick<Context, "sql" | "now">, limits = LIMITS): ErrorWriter {
  let toldAt = Number.NEGATIVE_INFINITY;
  const shouldTell = () => {
    const isTime = performance.now() - toldAt >= TELL_EVERY_MS;
    if (isTime) toldAt = performance.now();
    return isTime;
  };
  const parts: BatchParts = { sql, now, days: createPartitionDays(sql, "error_events"), shouldTell };
  const queue = createGroupCommit<EventJob>(
    limits,
    (jobs) => writeJobs(parts, jobs),
    () => overloaded("errors"),
  );
  return {
    isFull: queue.isFull,
    write: async (events) => {
      const bytes = events.reduce((sum, { json }) => sum + 2 * json.length + 1_000, 0);
      const job: EventJob = { rows: events.length, bytes, events, outcomes: [] };
      if (events.length > 0) await queue.push(job);
      return job.outcomes;
    },
  };
}

/** Classes 22 (data exception) and 23 (integrity violation), and what is too large: it will fail again, by an event that is in it. */
const isAboutRows = (error: unknown): boolean => error instanceof DatabaseError && /^(2[23]|54)/.test(error.code ?? "");

/** An event that the database refuses costs itself, not those that came at the same time. */
async function writeJobs(parts: BatchParts, jobs: readonly EventJob[]): Promise<void> {
  const events = jobs.flatMap((job) => job.events);
  const outcomes = await writeHalving(parts, events);
  let at = 0;
  for (const job of jobs) {
    job.outcomes = outcomes.slice(at, at + job.events.length);
    at += job.events.length;
  }
}

async function writeHalving(parts: BatchParts, events: readonly EventRow[]): Promise<EventOutcome[]> {
  try {
    return await writeBatch(parts, events);
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    if (events.length === 1) return [{ result: "refused", reason: "the database refuses it" }];
    const half = Math.ceil(events.length / 2);
    return [...(await writeHalving(parts, events.slice(0, half))), ...(await writeHalving(parts, events.slice(half)))];
  }
}

const KEY = Symbol.for("watchkeeper.error-writers");
const holder: typeof globalThis & { [KEY]?: WeakMap<Pool, ErrorWriter> } = globalThis;

/** This process's writer. On globalThis because server.ts and Next's bundle hold two copies of this module. */
export function errorWriterOf(context: Pick<Context, "sql" | "now">): ErrorWriter {
  const writers = (holder[KEY] ??= new WeakMap());
  const existing = writers.get(context.sql);
  if (existing) return existing;
  const writer = createErrorWriter(context);
  writers.set(context.sql, writer);
  return writer;
}
