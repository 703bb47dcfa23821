import { Problem } from "@/lib/core/errors";

/** One caller's piece of work. */
export interface Job {
  /** How many rows it brings. */
  rows: number;
  /** About how much memory it holds. */
  bytes: number;
}

export interface GroupCommitLimits {
  /** Most rows of one group; a job that brings more goes alone. */
  groupRows: number;
  /** Groups that are written side by side, one connection each. */
  concurrency: number;
  /** Most rows that wait or are being written. */
  maxRows: number;
  /** Most bytes of the same. */
  maxBytes: number;
}

export interface GroupCommit<J extends Job> {
  /**
   * Resolves once the job's group is committed.
   * @throws Problem overloaded at once when too much waits already; or what the group failed by
   */
  push: (job: J) => Promise<void>;
  /** Is there no room for another job? @param besides rows that are on their way to it */
  isFull: (besides?: number) => boolean;
  /** @throws Problem overloaded when there is no room for another job */
  assertRoom: () => void;
  /** What waits or is being written. */
  waiting: () => { rows: number; bytes: number };
  /** Since the start. */
  totals: () => GroupCommitTotals;
}

export interface GroupCommitTotals {
  /** Rows of jobs that were committed. */
  committedRows: number;
  /** Rows of jobs whose group could not be written. */
  failedRows: number;
  /** How often a caller was told that there is no room. */
  refusals: number;
}

interface Waiting<J> {
  job: J;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers jobs while others are being written, so that concurrent callers share a transaction: the busier it is, the larger
 * the groups. Bounded: past the limits a job is refused at once rather than kept.
 * @param write commits one group; when it throws, all jobs of the group fail by it
 * @param refuse what a job is refused by when the queue is full
 */
export function createGroupCommit<J extends Job>(
  limits: GroupCommitLimits,
  write: (jobs: readonly J[]) => Promise<void>,
  refuse: () => Problem = overloaded,
): GroupCommit<J> {
  let queue: Waiting<J>[] = [];
  let rows = 0;
  let bytes = 0;
  let writing = 0;
  const totals: GroupCommitTotals = { committedRows: 0, failedRows: 0, refusals: 0 };

  const isFull = (besides = 0) => rows + besides >= limits.maxRows || bytes >= limits.maxBytes;

  const assertRoom = () => {
    if (!isFull()) return;
    totals.refusals += 1;
    throw refuse();
  };

  const takeGroup = (): Waiting<J>[] => {
    let size = 0;
    let count = 0;
    for (const { job } of queue) {
      if (count > 0 && size + job.rows > limits.groupRows) break;
      size += job.rows;
      count += 1;
    }
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    return group;
  };

  const run = async (group: readonly Waiting<J>[]) => {
    writing += 1;
    const size = group.reduce((sum, { job }) => sum + job.rows, 0);
    try {
      await write(group.map(({ job }) => job));
      totals.committedRows += size;
      for (const { resolve } of group) resolve();
    } catch (error) {
      totals.failedRows += size;
      for (const { reject } of group) reject(error);
    } finally {
      writing -= 1;
      for (const { job } of group) {
        rows -= job.rows;
        bytes -= job.bytes;
      }
      start();
    }
  };
  const start = () => {
    while (queue.length > 0 && writing < limits.concurrency) void run(takeGroup());
  };

  return {
    isFull,
    assertRoom,
    waiting: () => ({ rows, bytes }),
    totals: () => ({ ...totals }),
    push: async (job) => {
      assertRoom();
      rows += job.rows;
      bytes += job.bytes;
      return new Promise<void>((resolve, reject) => {
        queue.push({ job, resolve, reject });
        start();
      });
    },
  };
}

/** What a caller is told when the queue is full. */
export const overloaded = (what = "samples"): Problem => new Problem("overloaded", overloadedText(what));

export const overloadedText = (what: string): string =>
  `More ${what} come in than can be stored; nothing of this was. Send it again later.`;
