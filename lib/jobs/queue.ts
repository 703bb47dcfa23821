import PgBoss from "pg-boss";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";

/** The product's own job queue: pg-boss on our pool, in the schema `pgboss`. */
export interface Queue {
  /** Sends the job that proves, once a worker has completed it, that the queue works. */
  sendHeartbeat: () => Promise<void>;
  /** Fetches no more and waits for the job in hand. */
  stop: () => Promise<void>;
}

const HEARTBEAT = "heartbeat";
const POLL_MS = 5_000;

type Sql = Pick<Context, "sql" | "log">;

/** pg-boss sends scripts that open their own transactions: after a failed one its connection is closed, not given back. */
function sharePool({ sql, log }: Sql): PgBoss.Db {
  let isFailing = false;
  return {
    executeSql: async (text, values) => {
      try {
        const client = await sql.connect();
        const result = await client.query(text, values).then(
          (answer) => (client.release(), answer),
          (error: unknown) => {
            client.release(true);
            throw error;
          },
        );
        isFailing = false;
        return result;
      } catch (error) {
        if (!isFailing) log.warn({ error: messageOf(error) }, "the job queue cannot reach its tables");
        isFailing = true;
        throw error;
      }
    },
  };
}

/**
 * Opens the queue, with its tables made or brought up to date, and works on it. Jobs are fetched and completed by hand rather
 * than by pg-boss's `work`, which lets a completion that fails (the database is away) end the process.
 */
export async function openQueue(context: Sql): Promise<Queue> {
  const { log } = context;
  const boss = new PgBoss({
    db: sharePool(context),
    schema: "pgboss",
    schedule: false,
    maintenanceIntervalSeconds: 300,
    archiveCompletedAfterSeconds: 3_600,
    archiveFailedAfterSeconds: 86_400,
    deleteAfterHours: 1,
  });
  boss.on("error", (error) => log.warn({ error: messageOf(error) }, "the job queue reports an error"));
  await boss.start();
  await boss.createQueue(HEARTBEAT, {
    name: HEARTBEAT,
    policy: "standard",
    expireInSeconds: 60,
    retryLimit: 3,
    retentionMinutes: 60,
  });

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const work = async () => {
    try {
      const jobs = await boss.fetch(HEARTBEAT, { batchSize: 20 });
      if (jobs.length > 0)
        await boss.complete(
          HEARTBEAT,
          jobs.map((job) => job.id),
        );
    } catch {
      // Logged by executeSql; an uncompleted job expires and is fetched again.
    }
    if (!stopped) timer = setTimeout(() => (working = work()), POLL_MS);
  };
  let working = work();

  return {
    sendHeartbeat: async () => {
      await boss.send(HEARTBEAT, {});
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await working;
      await boss.stop({ graceful: false });
    },
  };
}
