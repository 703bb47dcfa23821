import type { Changes } from "@/lib/core/changes";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { createTtlCache } from "@/lib/core/ttl-cache";
import { buildStatus } from "./build-status";
import { createEdition, type Edition, warm } from "./edition";
import { readStatusFacts } from "./read-facts";
import { type KeptSnapshot, readSnapshotFile, writeSnapshotFile } from "./snapshot-file";

/** How old what is shown may be by time alone. */
export const REFRESH_MS = 10_000;
/** Between two refreshes that changes ask for. */
const LEAST_GAP_MS = 1_000;
/** The database that does not answer in so long is away. */
const READ_TIMEOUT_MS = 5_000;
/** A reading that never ends does not keep others from being tried. */
const GIVEN_UP_MS = 60_000;
/** An unchanged snapshot is written so often, for its age. */
const WRITE_MS = 60_000;

/** What a request is answered with. `off`: the page is switched off; `none`: nothing was ever known. */
export type Shown = { kind: "shown"; edition: Edition; isLastKnown: boolean } | { kind: "off" } | { kind: "none" };

export interface StatusKeeper {
  /** From memory; waits for the database only before anything is known, or where nothing refreshes in the background. */
  current: () => Promise<Shown>;
  /** Reads the database again. Never throws: without it the last state stays, and says its age. */
  refresh: () => Promise<void>;
  /**
   * Refreshes in the background from now on: each 10 s, and at once when an incident changes or a check flips.
   * @param file where the last snapshot is kept for a process that starts without the database
   */
  start: (how: { changes?: Changes; file?: string }) => void;
  stop: () => Promise<void>;
}

/** Keeps the public page of a process in memory, so that a request costs no query. */
export function createStatusKeeper(context: Context): StatusKeeper {
  const { log, now } = context;
  const history = createTtlCache({ now, maxEntries: 2 });
  let known: KeptSnapshot | undefined;
  let shown: Shown = { kind: "none" };
  let lookedAt = Number.NEGATIVE_INFINITY;
  let reading: { done: Promise<void>; since: number } | undefined;
  let file: string | undefined;
  let written = { text: "", at: 0 };
  let writing = Promise.resolve();
  let beginning: Promise<void> | undefined;
  const stops: (() => void)[] = [];

  const show = async (snapshot: KeptSnapshot | undefined, isLastKnown: boolean) => {
    known = snapshot;
    if (snapshot === undefined) shown = { kind: "none" };
    else if (snapshot === null) shown = { kind: "off" };
    else {
      const edition = createEdition(snapshot, { isLastKnown, now: now() });
      if (shown.kind === "shown") await warm(edition, shown.edition);
      shown = { kind: "shown", edition, isLastKnown };
    }
  };

  const read = async () => {
    const at = now();
    const facts = await readStatusFacts(context, history);
    const snapshot = facts && buildStatus(facts, at);
    // One that took very long is overtaken by a later one.
    if (known && snapshot && snapshot.status.asOf < known.status.asOf) return;
    await show(snapshot, false);
    lookedAt = at.getTime();
    writing = writing.then(() => keep(snapshot));
  };

  const keep = async (snapshot: KeptSnapshot) => {
    if (file === undefined) return;
    const text = JSON.stringify(snapshot && { ...snapshot, status: { ...snapshot.status, asOf: "" } });
    const at = now().getTime();
    if (text === written.text && at - written.at < WRITE_MS) return;
    written = { text, at };
    await writeSnapshotFile(file, snapshot).catch((error: unknown) =>
      log.warn({ error: messageOf(error) }, "the status page's last state could not be kept in its file"),
    );
  };

  const refresh = async () => {
    if (!reading || performance.now() - reading.since > GIVEN_UP_MS) {
      const mine = { done: read(), since: performance.now() };
      reading = mine;
      const end = () => {
        if (reading === mine) reading = undefined;
      };
      mine.done.then(end, end);
    }
    try {
      await within(reading.done, READ_TIMEOUT_MS);
    } catch (error) {
      if (shown.kind !== "shown" || !shown.isLastKnown)
        log.warn({ error: messageOf(error) }, "the status page could not be refreshed; it shows the last known state");
      await show(known, true);
      lookedAt = now().getTime();
    }
  };

  /** A reading that began before the change may not have seen it. */
  const refreshAnew = async () => {
    if (reading) await refresh();
    await refresh();
  };

  const begin = async () => {
    if (file !== undefined) known = await readSnapshotFile(file);
    await refresh();
  };

  return {
    current: async () => {
      const isFresh = now().getTime() - lookedAt < REFRESH_MS;
      if (beginning) {
        if (shown.kind === "none" && lookedAt === Number.NEGATIVE_INFINITY) await beginning;
      } else if (!isFresh) await refresh();
      return shown;
    },
    refresh,
    start: ({ changes, file: path }) => {
      file = path;
      beginning = begin();
      const timer = setInterval(() => void refresh(), REFRESH_MS).unref();
      stops.push(() => clearInterval(timer));
      if (changes) stops.push(onChanges(changes, refreshAnew));
    },
    stop: async () => {
      for (const stop of stops.splice(0)) stop();
      await beginning;
      await writing;
    },
  };
}

/** Refreshes at once, and again when something changed meanwhile; many changes in a second are one. */
function onChanges(changes: Changes, refresh: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isAskedAgain = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  const look = async () => {
    timer = undefined;
    isRunning = true;
    isAskedAgain = false;
    await refresh();
    isRunning = false;
    endedAt = performance.now();
    if (isAskedAgain) ask();
  };
  const ask = () => {
    if (isRunning) isAskedAgain = true;
    else timer ??= setTimeout(() => void look(), Math.max(0, endedAt + LEAST_GAP_MS - performance.now())).unref();
  };
  const unsubscribe = changes.subscribe(({ topic, flip }) => {
    if (flip || topic === "incidents" || topic === "all") ask();
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** @throws what the promise is refused with, or that it took too long */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database did not answer in time")), ms);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const keepers = new WeakMap<object, StatusKeeper>();

/** The keeper of a context's database: one a process. */
export function statusKeeperOf(context: Context): StatusKeeper {
  const keeper = keepers.get(context.sql) ?? createStatusKeeper(context);
  keepers.set(context.sql, keeper);
  return keeper;
}
