import { Client, DatabaseError } from "pg";
import { Problem, messageOf } from "@/lib/core/errors";

const RETRY_MS = 500;
/** What a wait may change: nobody listens yet, or the server is still starting (57P03) or full (53300). */
const TRANSIENT = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "57P03", "53300"]);

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The cause in a sentence; host and database are named, never the password. */
function explain(error: unknown, url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  const server = `the PostgreSQL of DATABASE_URL at ${hostname}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1));
  switch (codeOf(error)) {
    case "28P01":
    case "28000":
      return `The user ${decodeURIComponent(username)} may not sign in to ${server}: ${messageOf(error)}. Check the user and password in DATABASE_URL.`;
    case "3D000":
      return `There is no database ${database} in ${server}. Create it, or correct its name in DATABASE_URL.`;
    case "ENOTFOUND":
      return `The host ${hostname} of DATABASE_URL cannot be found. Check its name.`;
    default:
      return `${server[0]?.toUpperCase()}${server.slice(1)} cannot be reached: ${messageOf(error)}. Start it, or correct DATABASE_URL.`;
  }
}

/**
 * Connects once, and again for some seconds while the server does not answer yet.
 * @param url PostgreSQL connection string
 * @throws Problem unavailable with the cause in a sentence; at once where waiting is no use (wrong password, no such database)
 */
export async function waitForDatabase(url: string, { patienceMs = 10_000 } = {}): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      await client.query("SELECT 1");
      return;
    } catch (error) {
      const mayPass = TRANSIENT.has(codeOf(error)) || !(error instanceof DatabaseError || codeOf(error));
      if (!mayPass || performance.now() + RETRY_MS > deadline) throw new Problem("unavailable", explain(error, url));
      await new Promise((wake) => setTimeout(wake, RETRY_MS));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
