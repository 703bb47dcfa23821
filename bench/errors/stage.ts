import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { type Product, startProduct } from "../../e2e/product";
import { processTree, usageOf } from "../processes";
import type { SendPlan, SendResult } from "./send-client";

const KEY = "0123456789abcdef0123456789abcdef";

/** The running product with a project, and one process that sends to it: what benchmarks of errors play on. */
export interface ErrorStage {
  product: Product;
  sql: Pool;
  databaseUrl: string;
  port: number;
  webPid: number;
  send: (plan: Omit<SendPlan, "port" | "path"> & { port?: number }) => Promise<SendResult>;
  /** CPU seconds of web, database and sender from now on. */
  cpuMeter: () => () => Record<"web" | "database" | "sender", number>;
  /** Of the project, events a minute. */
  setQuota: (quota: number) => Promise<void>;
  /** Events and errors of the project are gone, and what was written of them is on disk. */
  empty: () => Promise<void>;
  /** Of these events, how many are not in the table. */
  missing: (ids: readonly string[]) => Promise<number>;
  close: () => Promise<void>;
}

export async function setErrorStage(): Promise<ErrorStage> {
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
  const postgres = await startPostgres(folder, {});
  const product = await startProduct({ DATABASE_URL: postgres.url, LOG_LEVEL: "error" });
  const sql = new Pool({ connectionString: postgres.url, max: 2 });
  // Idle ones end with the server.
  sql.on("error", () => undefined);
  await sql.query("INSERT INTO projects (id, name, quota) VALUES (1000, 'bench', 10000000)");
  await sql.query("INSERT INTO project_keys (project_id, public_key) VALUES (1000, $1)", [KEY]);
  const sender = startScript("bench/errors/send-client.ts");
  await once(sender, "message");
  const webPid = processTree(product.launcherPid).find((pid) => usageOf(pid).command.includes(".build/server.js")) ?? 0;
  const port = Number(new URL(product.url).port);
  const cpuOf = (pid: number) => processTree(pid).reduce((sum, one) => sum + usageOf(one).cpuSeconds, 0);
  const cpu = () => ({ web: cpuOf(webPid), database: cpuOf(postgres.pid), sender: cpuOf(sender.pid ?? 0) });

  return {
    product,
    sql,
    databaseUrl: postgres.url,
    port,
    webPid,
    send: async (plan) => {
      sender.send({ port, path: `/api/1000/envelope/?sentry_key=${KEY}`, ...plan });
      const [result]: SendResult[] = await once(sender, "message");
      if (!result) throw new Error("the sender gave no result");
      return result;
    },
    cpuMeter: () => {
      const before = cpu();
      return () => {
        const now = cpu();
        return {
          web: now.web - before.web,
          database: now.database - before.database,
          sender: now.sender - before.sender,
        };
      };
    },
    setQuota: async (quota) => {
      await sql.query("UPDATE projects SET quota = $1 WHERE id = 1000", [quota]);
      // The web process believes what it has read for 10 s.
      await pause(11_000);
    },
    empty: async () => {
      await sql.query("TRUNCATE error_events, error_groups CASCADE");
      await sql.query("CHECKPOINT");
    },
    missing: async (ids) => {
      const { rows } = await sql.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM error_events WHERE id = ANY($1::uuid[])",
        [ids],
      );
      return ids.length - (rows[0]?.n ?? 0);
    },
    close: async () => {
      sender.kill();
      await product.stop();
      await sql.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a script of bench/ with a channel to it. */
export function startScript(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", script, ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

export const pause = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));
