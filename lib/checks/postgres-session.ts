import { performance } from "node:perf_hooks";
import { Socket } from "node:net";
import { Client, type Pool, type PoolClient, type QueryResultRow } from "pg";
import { guardedLookup, refuseLiteral } from "@/lib/core/connection";
import { networkFailure, orEnded } from "@/lib/core/network-errors";

/** A connection of one check. */
export interface PostgresSession {
  /** Name of the server for messages, without user and password. */
  name: string;
  /** How long it took to get the connection; next to nothing from the product's own pool. */
  connectMs: number;
  /** @throws NetworkFailure with PostgreSQL's own words */
  query: <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
}

/**
 * Lends a connection to another PostgreSQL (a fresh one) or to the product's own (from the pool), and gives it back
 * whatever happens. When the signal ends it, the connection is cut: a server that hangs holds nothing here.
 * @throws NetworkFailure "connection refused", "timed out after 4 s while connecting", …
 */
export async function withPostgres<T>(
  { url, pool }: { url: string | undefined; pool: Pool },
  signal: AbortSignal,
  use: (session: PostgresSession) => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const { name, host } = url === undefined ? { name: "The database", host: "the database" } : describe(url);
  const attempt = url === undefined ? borrow(pool) : open(url);
  try {
    const client = await orEnded(attempt.client, signal, "connecting").catch((error: unknown) => {
      throw networkFailure(error, host);
    });
    const connectMs = performance.now() - start;
    const answer = await use({
      name,
      connectMs,
      query: async <Row extends QueryResultRow>(text: string, values: unknown[] = []) => {
        const asked = client.query<Row>(text, values);
        const { rows } = await orEnded(asked, signal, "waiting for a query").catch((error: unknown) => {
          throw networkFailure(error, host);
        });
        return rows;
      },
    });
    await attempt.giveBack();
    return answer;
  } catch (error) {
    attempt.cut();
    throw error;
  }
}

/** "PostgreSQL db.internal:5432/shop" */
function describe(url: string): { name: string; host: string } {
  const { hostname, port, pathname } = new URL(url);
  return {
    name: `PostgreSQL ${hostname}${port === "" ? "" : `:${port}`}${pathname === "/" ? "" : pathname}`,
    host: hostname,
  };
}

interface Attempt {
  client: Promise<Client | PoolClient>;
  giveBack: () => Promise<void>;
  cut: () => void;
}

function borrow(pool: Pool): Attempt {
  const client = pool.connect();
  const release = (destroy: boolean) =>
    client.then(
      (one) => one.release(destroy),
      () => undefined,
    );
  return { client, giveBack: () => release(false), cut: () => void release(true) };
}

function open(url: string): Attempt {
  const socket = guardedSocket();
  const client = new Client({ connectionString: url, stream: () => socket, application_name: "watchkeeper check" });
  // A connection that breaks is reported by what waits for it.
  client.on("error", () => undefined);
  return {
    client: client.connect().then(() => client),
    giveBack: () => client.end(),
    cut: () => void socket.destroy(),
  };
}

/** A socket that keeps to the address policy, for a driver that connects by itself. */
function guardedSocket(): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  return Object.assign(socket, {
    connect: (port: number | string, host = "localhost") => {
      if (typeof port === "string") return connect(port);
      try {
        refuseLiteral(host);
      } catch (error) {
        return socket.destroy(error instanceof Error ? error : undefined);
      }
      return connect({ port, host, lookup: guardedLookup() });
    },
  });
}
