import { hostname } from "node:os";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";

const EVERY_MS = 5_000;

/**
 * Keeps this worker's row in `workers` fresh, which is how the dashboard and `/api/ready` know that somebody is watching.
 * @returns when the row is there first, with a function that ends it; the row stays, and shows when this worker was seen last
 */
export async function keepWorkerRow({ sql, log }: Pick<Context, "sql" | "log">, id: string): Promise<() => void> {
  let isAway = false;
  const touch = () =>
    sql.query({
      name: "touch-worker",
      text: `INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES ($1, $2, $3, now(), now())
             ON CONFLICT (id) DO UPDATE SET last_seen_at = now()`,
      values: [id, hostname(), process.pid],
    });
  const touchOrLog = async () => {
    try {
      await touch();
      if (isAway) log.info({}, "the database is back");
      isAway = false;
    } catch (error) {
      if (!isAway) log.error({ error: messageOf(error) }, "the database is away; going on when it is back");
      isAway = true;
    }
  };
  await touch();
  const timer = setInterval(() => void touchOrLog(), EVERY_MS);
  return () => clearInterval(timer);
}
