import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { findPostgres, type PostgresPrograms } from "./binaries";

export interface EmbeddedPostgres {
  /** Connection string of the database `watchkeeper`, with its password: never log it. */
  url: string;
  pid: number;
  /** Settles when the server has ended, by `stop` or by itself. */
  exited: Promise<{ code: number | null; signal: string | null }>;
  /** Fast shutdown: open transactions are rolled back, all that was committed is on disk. */
  stop: () => Promise<void>;
}

/** Settings for a small machine: little memory, one process less where PostgreSQL offers it. */
const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "80",
  shared_buffers: "96MB",
  io_method: "sync",
  jit: "off",
  max_wal_size: "1GB",
  wal_compression: "pglz",
  random_page_cost: "1.1",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolvePort(address.port) : reject(new Error("no free port"))));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A server whose launcher was killed still holds the data: it is stopped in order before a new one starts. */
async function stopOrphan(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const [pidLine, folderLine] = (await readFile(file, "utf8")).split("\n");
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || folderLine !== data) return;
  const isPostgres = await readFile(`/proc/${pid}/cmdline`, "utf8").then(
    (line) => line.includes("postgres"),
    () => true,
  );
  if (!isPostgres) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 10_000;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 50));
  if (isAlive(pid)) process.kill(pid, "SIGQUIT");
}

function start(programs: PostgresPrograms, program: "initdb" | "postgres", args: string[]): ChildProcess {
  const { file, args: allArgs, uid } = programs.command(program, args);
  return spawn(file, allArgs, {
    stdio: ["ignore", "pipe", "pipe"],
    // Not in the terminal's process group: Ctrl-C must stop it last, not first.
    detached: true,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
  });
}

async function initialise(programs: PostgresPrograms, folder: string, data: string, password: string): Promise<void> {
  // A half-made cluster (killed in the middle of initdb) is no use to anybody and holds nothing.
  if (existsSync(join(data, "PG_VERSION")) && existsSync(join(folder, "initialised"))) return;
  await rm(data, { recursive: true, force: true });
  await programs.prepareFolder(data);
  const passwordFile = join(data, "..", ".initdb-password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  const { uid } = programs.command("initdb", []);
  if (uid !== undefined) await chown(passwordFile, uid, uid);
  const child = start(programs, "initdb", ["-D", data, "-U", "watchkeeper", "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done, reject) => child.once("error", reject).once("close", done));
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new Error(`The embedded PostgreSQL could not make its data folder ${data}: ${output.trim().split("\n").at(-1)}`);
  await writeFile(join(folder, "initialised"), "");
}

/**
 * Starts a real PostgreSQL as a child, on a free port of 127.0.0.1, and answers when it accepts connections.
 * @param folder an own folder for the cluster and its password; made where it does not exist
 * @param settings further or other server settings, e.g. `{ fsync: "off" }` for tests
 * @param onLog called with each line that the server writes
 */
export async function startPostgres(
  folder: string,
  { settings = {}, onLog = () => undefined }: { settings?: Record<string, string>; onLog?: (line: string) => void } = {},
): Promise<EmbeddedPostgres> {
  const home = resolve(folder);
  const programs = await findPostgres();
  const data = join(home, "cluster");
  await mkdir(home, { recursive: true, mode: 0o711 });
  await stopOrphan(data);
  const passwordPath = join(home, "password");
  if (!existsSync(passwordPath)) await writeFile(passwordPath, randomBytes(24).toString("hex"), { mode: 0o600 });
  const password = (await readFile(passwordPath, "utf8")).trim();
  await initialise(programs, home, data, password);

  const port = await freePort();
  const options = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = start(programs, "postgres", ["-D", data, ...options]);
  const exited = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.once("close", (code, signal) => done({ code, signal }));
    child.once("error", () => done({ code: 1, signal: null }));
  });
  const lines: string[] = [];
  const ready = new Promise<void>((done) => {
    if (!child.stderr) return;
    createInterface(child.stderr).on("line", (line) => {
      onLog(line);
      if (lines.length < 50) lines.push(line);
      if (line.includes("database system is ready to accept connections")) done();
    });
  });
  child.stdout?.resume();
  const early = await Promise.race([ready.then(() => undefined), exited]);
  if (early) throw new Error(`The embedded PostgreSQL ended at once (code ${early.code}): ${lines.slice(-3).join(" ")}`);
  const { pid } = child;
  if (pid === undefined) throw new Error("The embedded PostgreSQL has no process id.");
  return {
    url: `postgresql://watchkeeper:${password}@127.0.0.1:${port}/postgres`,
    pid,
    exited,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGINT");
      await exited;
    },
  };
}
