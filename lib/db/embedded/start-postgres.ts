import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type PostgresPrograms, findPostgres } from "./binaries";
import { choosePort } from "./port";
import { stopOrphan } from "./stop-orphan";

export interface EmbeddedPostgres {
  /** Connection string, with its password: never log it. */
  url: string;
  port: number;
  pid: number;
  /** Settles when the server and all its processes have ended, by `stop` or by itself. */
  exited: Promise<{ code: number | null; signal: string | null }>;
  /** Fast shutdown: open transactions are rolled back, all that was committed is on disk. */
  stop: () => Promise<void>;
  /** Ends it at once; the next start recovers what was committed. */
  abort: () => void;
}

export interface PostgresOptions {
  /** Further or other server settings, e.g. `{ fsync: "off" }` for tests. */
  settings?: Record<string, string>;
  /** Preferred to the port of the last start, when it is free. */
  port?: number;
  /** Called with each line that the server writes. */
  onLog?: (line: string) => void;
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
  // The kind of process too: what a client's statement did wrong is told to the client.
  log_line_prefix: "%m [%p] %b: ",
};

function start(programs: PostgresPrograms, program: "initdb" | "postgres", args: string[]): ChildProcess {
  const { file, args: allArgs, uid } = programs.command(program, args);
  return spawn(file, allArgs, {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: "/",
    // Not in the terminal's process group: Ctrl-C must stop it last, not first.
    detached: true,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
  });
}

async function initialise(programs: PostgresPrograms, home: string, data: string, password: string): Promise<void> {
  // A half-made cluster (killed in the middle of initdb) is no use to anybody and holds nothing.
  const marker = join(home, "initialised");
  if (existsSync(join(data, "PG_VERSION")) && existsSync(marker)) return;
  await rm(data, { recursive: true, force: true });
  await programs.prepareFolder(join(home, "cluster"));
  const passwordFile = `${data}.initdb-password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  const { uid } = programs.command("initdb", []);
  if (uid !== undefined) await chown(passwordFile, uid, uid);
  // PostgreSQL's own C.UTF-8: the same order and letters on every system, whatever locales are installed there.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const child = start(programs, "initdb", [
    "-D",
    data,
    "-U",
    "watchkeeper",
    "--pwfile",
    passwordFile,
    "--auth=scram-sha-256",
    ...locale,
    "--no-sync",
  ]);
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done, reject) => child.once("error", reject).once("close", done));
  await rm(passwordFile, { force: true });
  if (code !== 0)
    throw new Error(
      `The embedded PostgreSQL could not make its data folder ${data}: ${output.trim().split("\n").at(-1)}`,
    );
  await writeFile(marker, "");
}

async function readPassword(file: string): Promise<string> {
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return (await readFile(file, "utf8")).trim();
}

/**
 * Starts a real PostgreSQL as a child, on a port of 127.0.0.1, and answers when it accepts connections. An orphan on the
 * same folder is stopped first.
 * @param folder an own folder for the cluster and its password; made where it does not exist
 */
export async function startPostgres(
  folder: string,
  { settings = {}, port: wanted, onLog = () => undefined }: PostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const home = resolve(folder);
  const programs = await findPostgres();
  await mkdir(home, { recursive: true, mode: 0o711 });
  const data = await programs.prepareFolder(join(home, "cluster"));
  await stopOrphan(data);
  const password = await readPassword(join(home, "password"));
  await initialise(programs, home, data, password);

  const port = await choosePort(join(home, "port"), wanted);
  const options = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
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
  if (early)
    throw new Error(`The embedded PostgreSQL ended at once (code ${early.code}): ${lines.slice(-3).join(" ")}`);
  const { pid } = child;
  if (pid === undefined) throw new Error("The embedded PostgreSQL has no process id.");
  const signal = (name: "SIGINT" | "SIGQUIT") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
  };
  return {
    url: `postgresql://watchkeeper:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    exited,
    stop: async () => {
      signal("SIGINT");
      await exited;
    },
    abort: () => signal("SIGQUIT"),
  };
}
