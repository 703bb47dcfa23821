import { Client, type ClientBase, type Pool } from "pg";
import { z } from "zod";
import { messageOf } from "./errors";
import type { Logger } from "./log";

const CHANNEL = "watchkeeper";
const PING_MS = 30_000;
const MAX_BACKOFF_MS = 10_000;

const change = z.object({
  topic: z.enum(["checks", "metrics", "incidents", "alerts", "errors", "logs", "worker", "all"]),
  /** A check's state flipped, or an error is new or has come back: somebody may want to look at once. */
  flip: z.boolean().optional(),
});

/** What changed in the database; `all` after a time in which changes may have been missed. */
export type Change = z.infer<typeof change>;

export interface Changes {
  /** @returns a function that ends the subscription */
  subscribe: (listener: (change: Change) => void) => () => void;
  /** Resolves when the first LISTEN stands: what is notified from then on is seen. */
  ready: Promise<void>;
  close: () => Promise<void>;
}

/** Tells every process what changed. Inside a transaction it is told at the commit, and never after a roll-back. */
export async function notifyChange(sql: Pool | ClientBase, payload: Change): Promise<void> {
  await sql.query("SELECT pg_notify($1, $2)", [CHANNEL, JSON.stringify(payload)]);
}

/**
 * Listens on one connection of its own for what any process notified. A lost connection is made again with a backoff;
 * then subscribers get `{ topic: "all" }`, since changes of the time between went unheard.
 */
export function createChanges(databaseUrl: string, log: Logger): Changes {
  const listeners = new Set<(change: Change) => void>();
  const closed = new AbortController();
  let client: Client | undefined;
  let firstTry = true;
  let markReady: () => void;
  const ready = new Promise<void>((resolve) => (markReady = resolve));

  const emit = (payload: Change) => {
    for (const listener of listeners) listener(payload);
  };

  /** Listens until the connection breaks or `close` is called; rejects with the cause. */
  const listen = async (): Promise<never> => {
    const connection = new Client({
      connectionString: databaseUrl,
      application_name: "watchkeeper changes",
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    client = connection;
    let ping: NodeJS.Timeout | undefined;
    const broken = new Promise<never>((_, reject) => {
      connection.on("error", reject);
      connection.on("end", () => reject(new Error("the connection was closed")));
      // A peer that vanished says nothing: only an unanswered question shows it.
      ping = setInterval(() => void connection.query("SELECT 1").catch(reject), PING_MS);
    });
    broken.catch(() => undefined);
    connection.on("notification", ({ payload }) => {
      const parsed = change.safeParse(parseJson(payload));
      if (parsed.success) emit(parsed.data);
    });
    try {
      await connection.connect();
      await connection.query(`LISTEN ${CHANNEL}`);
      markReady();
      if (!firstTry) emit({ topic: "all" });
      return await broken;
    } finally {
      clearInterval(ping);
      await connection.end().catch(() => undefined);
    }
  };

  const run = async () => {
    let failures = 0;
    while (!closed.signal.aborted) {
      const startedAt = performance.now();
      try {
        await listen();
      } catch (error) {
        if (closed.signal.aborted) return;
        failures = performance.now() - startedAt > MAX_BACKOFF_MS ? 1 : failures + 1;
        log.warn({ error: messageOf(error) }, "the connection that hears of changes broke; connecting again");
      }
      firstTry = false;
      await pause(Math.min(MAX_BACKOFF_MS, 100 * 2 ** failures), closed.signal);
    }
  };

  const running = run();
  return {
    ready,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      closed.abort();
      listeners.clear();
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}

/** Waits, or until the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

const KEY = Symbol.for("watchkeeper.changes");
const holder: typeof globalThis & { [KEY]?: Changes } = globalThis;

/** Hands over the one instance of this process (as lib/core/process-context.ts does with the context). */
export function setProcessChanges(changes: Changes | undefined): void {
  holder[KEY] = changes;
}

/** The one instance of this process; undefined in one that does not listen (the worker, the CLI). */
export function processChanges(): Changes | undefined {
  return holder[KEY];
}
