import type { Pool } from "pg";
import { notifyChange } from "@/lib/core/changes";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/db/in-transaction";
import { createGroupCommit, type GroupCommitLimits, type Job, overloaded } from "@/lib/metrics/writer/group-commit";
import { jsonbArray } from "@/lib/metrics/writer/array-params";
import { isWithoutPartition } from "@/lib/metrics/writer/insert-rows";
import { createPartitionDays, type PartitionDays } from "@/lib/metrics/writer/partition-days";
import type { LogRow } from "./log-row";

const LIMITS: GroupCommitLimits = { groupRows: 5_000, concurrency: 1, maxRows: 50_000, maxBytes: 64 * 1024 * 1024 };
/** Pages are told of new lines at most so often. */
const TELL_EVERY_MS = 1_000;
const TRIES = 5;

interface LogJob extends Job {
  lines: readonly LogRow[];
  /** Why each was refused; undefined: it is stored. */
  refusals: (string | undefined)[];
}

/** All log lines of one process go through one of these a database. */
export interface LogWriter {
  /**
   * Stores lines; committed when it resolves.
   * @returns why each was refused, undefined where it was not
   * @throws Problem overloaded when too many wait, before any of them is taken
   */
  write: (lines: readonly LogRow[]) => Promise<(string | undefined)[]>;
  isFull: () => boolean;
}

function createLogWriter({ sql, now }: Pick<Context, "sql" | "now">): LogWriter {
  const days = createPartitionDays(sql, "log_lines");
  let toldAt = Number.NEGATIVE_INFINITY;
  const write = async (jobs: readonly LogJob[]) => {
    const lines = jobs.flatMap((job) => job.lines);
    const shouldTell = performance.now() - toldAt >= TELL_EVERY_MS;
    if (shouldTell) toldAt = performance.now();
    await insert({ sql, now, days, shouldTell }, lines);
    for (const job of jobs)
      job.refusals = job.lines.map(({ ms }) => (days.has(ms) ? undefined : `lines are kept ${days.span()}`));
  };
  const queue = createGroupCommit<LogJob>(LIMITS, write, () => overloaded("log lines"));
  return {
    isFull: queue.isFull,
    write: async (lines) => {
      const bytes = lines.reduce(
        (sum, { message, attributes }) => sum + 2 * (message.length + attributes.length) + 300,
        0,
      );
      const job: LogJob = { rows: lines.length, bytes, lines, refusals: [] };
      if (lines.length > 0) await queue.push(job);
      return job.refusals;
    },
  };
}

const INSERT = `
  INSERT INTO log_lines (at, received_at, project_id, severity, service, message, attributes, trace_id, span_id)
  SELECT at, $9::timestamptz, project_id, severity, service, message, attributes, trace_id, span_id
  FROM unnest($1::timestamptz[], $2::int[], $3::smallint[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[])
    AS line (at, project_id, severity, service, message, attributes, trace_id, span_id)`;

interface Parts extends Pick<Context, "sql" | "now"> {
  days: PartitionDays;
  shouldTell: boolean;
}

/** Inserts the lines whose day is kept. */
async function insert({ sql, now, days, shouldTell }: Parts, lines: readonly LogRow[]): Promise<void> {
  if (lines.some(({ ms }) => !days.has(ms))) await days.refresh();
  for (let tries = 1; ; tries += 1) {
    const kept = lines.filter(({ ms }) => days.has(ms));
    if (kept.length === 0) return;
    const values = [
      kept.map(({ ms }) => new Date(ms).toISOString()),
      kept.map(({ projectId }) => projectId),
      kept.map(({ severity }) => severity),
      kept.map(({ service }) => service),
      kept.map(({ message }) => message),
      jsonbArray(kept, ({ attributes }) => attributes),
      kept.map(({ traceId }) => traceId),
      kept.map(({ spanId }) => spanId),
      now().toISOString(),
    ];
    try {
      await inTransaction(sql, async (client) => {
        await client.query({ name: "insert-log-lines", text: INSERT, values });
        if (shouldTell) await notifyChange(client, { topic: "logs" });
      });
      return;
    } catch (error) {
      if (tries >= TRIES || !isWithoutPartition(error)) throw error;
      // A worker has dropped a day since this process asked last.
      await days.refresh(true);
    }
  }
}

const KEY = Symbol.for("watchkeeper.log-writers");
const holder: typeof globalThis & { [KEY]?: WeakMap<Pool, LogWriter> } = globalThis;

/** This process's writer. On globalThis because server.ts and Next's bundle hold two copies of this module. */
export function logWriterOf(context: Pick<Context, "sql" | "now">): LogWriter {
  const writers = (holder[KEY] ??= new WeakMap());
  const existing = writers.get(context.sql);
  if (existing) return existing;
  const writer = createLogWriter(context);
  writers.set(context.sql, writer);
  return writer;
}
