import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";

const run = promisify(execFile);

export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** A running product: the real launcher with its web process, worker and database. */
export interface Product {
  url: string;
  databaseUrl: string;
  dataDir: string;
  launcherPid: number;
  /** What launcher, web and worker write, as they write it. */
  outputFile: string;
  users: Record<Role, { email: string; password: string }>;
  /** Runs a command of the product's CLI. @returns its standard output, trimmed */
  cli: (...args: string[]) => Promise<string>;
  stop: () => Promise<void>;
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? done(address.port) : fail(new Error("no free port")),
      );
    });
  });
}

/** Resolves when the launcher prints its ready line; rejects with its output when it ends before. */
function untilReady(launcher: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let output = "";
    const onData = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8_000);
      if (output.includes("Watchkeeper is ready")) done();
    };
    launcher.stdout?.on("data", onData);
    launcher.stderr?.on("data", onData);
    launcher.once("close", (code) => fail(new Error(`the product ended with code ${code}:\n${output}`)));
  });
}

/** A database of its own on the server that DATABASE_URL names, so that the same tests run on a PostgreSQL from outside. */
async function ownDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `wk_e2e_${randomBytes(6).toString("hex")}`;
  const execute = async (statement: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await execute(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/**
 * Starts the product from this tree on a free port with a data folder of its own, and makes one user a role.
 * @param environment further variables for the product
 * @throws Error with the product's output when it does not start; nothing of it is left then
 */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), "watchkeeper-e2e-"));
  const port = await freePort();
  const external = process.env.DATABASE_URL ? await ownDatabase(process.env.DATABASE_URL) : undefined;
  const password = randomBytes(12).toString("hex");
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    ADMIN_EMAIL: "admin@example.org",
    ADMIN_PASSWORD: password,
    ...(external ? { DATABASE_URL: external.url } : {}),
    ...environment,
  };
  const launcher = spawn(process.execPath, [".build/launcher.js"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const outputFile = join(dataDir, "output.log");
  const output = createWriteStream(outputFile, { mode: 0o600 });
  launcher.stdout.pipe(output, { end: false });
  launcher.stderr.pipe(output, { end: false });
  const stop = async () => {
    const ended = new Promise((done) => launcher.once("close", done));
    if (launcher.exitCode === null && launcher.kill("SIGTERM")) await ended;
    output.end();
    await external?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const cli = async (...args: string[]) =>
    (await run(process.execPath, [".build/cli.js", ...args], { env, maxBuffer: 10_000_000 })).stdout.trim();
  try {
    await untilReady(launcher);
    const databaseUrl =
      environment.DATABASE_URL ?? external?.url ?? (await readFile(join(dataDir, "database-url"), "utf8")).trim();
    for (const role of ["viewer", "editor"]) {
      const user = ["--email", `${role}@example.org`, "--password", password, "--role", role, "--name", role];
      await cli("admin-create", ...user);
    }
    const user = (role: Role) => ({ email: `${role}@example.org`, password });
    return {
      url: `http://127.0.0.1:${port}`,
      databaseUrl,
      dataDir,
      launcherPid: launcher.pid ?? 0,
      outputFile,
      users: { viewer: user("viewer"), editor: user("editor"), admin: user("admin") },
      cli,
      stop,
    };
  } catch (error) {
    // Nobody else knows of what was started.
    await stop();
    throw error;
  }
}
