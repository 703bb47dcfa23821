import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { parentOf } from "./processes";

/** A database, a monitored service and as many real worker processes as asked for: what benchmarks of checks play on. */
export interface CheckStage {
  sql: Pool;
  postgresPid: number;
  targetUrl: string;
  /** How often the monitored service was asked so far. */
  asked: () => Promise<number>;
  /** Starts a worker process as the launcher does, and answers when it is ready. */
  startWorker: () => Promise<WorkerProcess>;
  close: () => Promise<void>;
}

export interface WorkerProcess {
  pid: number;
  /** Ends it: SIGTERM in order, SIGKILL at once. */
  end: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
}

/** Starts a script of bench/ with a channel to it. */
export function startScript(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", script, ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

export async function nextMessage(child: ChildProcess): Promise<Record<string, number>> {
  const [message] = await once(child, "message");
  return message;
}

export async function setCheckStage(): Promise<CheckStage> {
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
  const postgres = await startPostgres(folder, {});
  await migrate(postgres.url, process.cwd());
  const sql = new Pool({ connectionString: postgres.url, max: 2 });
  // Connections that are just closed are told too that their server stops.
  sql.on("error", () => undefined);
  await makePartitionsAhead(sql, new Date());
  const {
    rows: [row],
  } = await sql.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const target = startScript("bench/target-server.ts");
  const { port } = await nextMessage(target);
  const workers = new Set<WorkerProcess>();

  const startWorker = async (): Promise<WorkerProcess> => {
    const child = spawn(process.execPath, ["--single-threaded-gc", "--max-semi-space-size=16", ".build/worker.js"], {
      env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", DATABASE_URL: postgres.url, DATA_DIR: folder },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const exited = once(child, "exit");
    await nextMessage(child);
    const worker: WorkerProcess = {
      pid: child.pid ?? 0,
      end: async (signal) => {
        workers.delete(worker);
        child.kill(signal);
        await exited;
      },
    };
    workers.add(worker);
    return worker;
  };

  return {
    sql,
    // The server's own process: the parent of every backend.
    postgresPid: parentOf(row?.pid ?? 0),
    targetUrl: `http://127.0.0.1:${port}/`,
    asked: async () => {
      const answer = nextMessage(target);
      target.send({});
      return (await answer).asked ?? 0;
    },
    startWorker,
    close: async () => {
      await Promise.all([...workers].map((worker) => worker.end("SIGTERM")));
      target.kill();
      await sql.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes HTTP checks of the monitored service, due now, past the rule that an interval is at least 10 s. */
export async function addChecks(stage: CheckStage, count: number, intervalSeconds: number, from = 0): Promise<void> {
  await stage.sql.query(
    `INSERT INTO health_checks (key, type, label, config, interval_seconds, next_due_at)
     SELECT 'bench-' || n, 'http', 'Bench ' || n, jsonb_build_object('url', $1 || n), $2, now()
     FROM generate_series($3::int, $4::int) n`,
    [stage.targetUrl, intervalSeconds, from, from + count - 1],
  );
}
