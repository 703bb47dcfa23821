import { join, resolve } from "node:path";
import { makeDataFolder } from "./data-folder";
import { superviseDatabase } from "./database";
import { watchLiveness } from "./liveness";
import { takeLock } from "./lock-file";
import { ensureNextBuild } from "./next-build";
import { type Running, startNodeChild } from "./node-child";
import { checkPort } from "./port";
import { startPreparation } from "./preparation";
import { say, sayInBox } from "./say";
import { keptSecret } from "./secret";
import { StartProblem } from "./start-problem";
import { type Supervisor, supervise } from "./supervise";
import { watchSource } from "./watch-source";

/** The web process of a launcher that was killed needs a moment to end. */
const ORPHAN_PATIENCE_MS = 15_000;
/** Small heaps: a collection is done sooner than it is shared out to threads. A smaller young generation would double a check's CPU. */
const LEAN = ["--single-threaded-gc", "--max-semi-space-size=16"];

export interface Launch {
  /** The product's folder. */
  root: string;
  dev: boolean;
  /** Aborts when the product is to stop. */
  signal: AbortSignal;
  /** Registers what undoes a step; all run in reverse order when the launch ends, whatever way. */
  defer: (undo: () => unknown) => void;
  /** Registers what ends at once when the product is stopped by force. */
  onForce: (kill: () => void) => void;
}

/** Settles as the promise does, or throws when the product is to stop: what the promise made is undone by its `defer`. */
function orStop<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const stop = () => fail(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(done, fail).finally(() => signal.removeEventListener("abort", stop));
  });
}

function keep<T extends { kill: () => void; exited: Promise<unknown>; stop: () => Promise<void> }>(
  launch: Launch,
  supervisor: Supervisor<T>,
): Supervisor<T> {
  launch.defer(() => supervisor.stop());
  launch.onForce(() => supervisor.current()?.kill());
  return supervisor;
}

/**
 * Starts the product and keeps it running until the signal aborts. What is quick to find wrong is looked at first.
 * @throws StartProblem with a sentence for the person who started it
 */
export async function launch(options: Launch): Promise<void> {
  const { root, dev, signal, defer, onForce } = options;
  const preparation = startPreparation(root, process.env);
  defer(() => preparation.kill());
  const { env } = await orStop(preparation.expect("environment"), signal);
  const dataDir = resolve(env.dataDir);
  const shownHost = env.host.includes(":") ? `[${env.host}]` : env.host;
  const url = `http://${shownHost}:${env.port}`;

  await makeDataFolder(dataDir);
  const lock = await takeLock(join(dataDir, "launcher.lock"), url);
  if (!lock.taken)
    throw new StartProblem(
      `Watchkeeper is already running on this data folder (process ${lock.holder.pid}, ${lock.holder.url}).`,
    );
  defer(lock.release);
  await checkPort(env.host, env.port, lock.wasStale ? ORPHAN_PATIENCE_MS : 0);

  const children: Supervisor<Running>[] = [];
  const restartAll = () => void children.map((child) => child.current()?.stop());
  const database = env.databaseUrl === undefined ? keep(options, superviseDatabase(dataDir, restartAll)) : undefined;
  const built = dev ? Promise.resolve() : ensureNextBuild(root, signal);
  // Its failure is reported where it is awaited, after the database's, which is the more likely one.
  built.catch(() => undefined);
  if (database) await orStop(database.ready, signal);
  const databaseUrl = () => env.databaseUrl ?? database?.current()?.url ?? "";
  preparation.tell({ databaseUrl: databaseUrl() });
  const { admin, migrations } = await orStop(preparation.expect("done"), signal);
  if (migrations.length > 0) say(`Migrations applied: ${migrations.join(", ")}.`);
  if (admin) announceAdmin(url, admin);
  await orStop(built, signal);

  const NEXTAUTH_SECRET = process.env.NEXTAUTH_SECRET || (await keptSecret(join(dataDir, "secret")));
  const childEnv = () => ({
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    DATABASE_URL: databaseUrl(),
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET,
    NEXT_TELEMETRY_DISABLED: "1",
  });
  const start = (bundle: string) => (stopped: AbortSignal) =>
    startNodeChild(join(root, ".build", `${bundle}.js`), { cwd: root, env: childEnv(), flags: LEAN, signal: stopped });
  const web = keep(options, supervise("web process", start("server")));
  const worker = keep(options, supervise("worker", start("worker")));
  children.push(web, worker);
  await orStop(Promise.all([web.ready, worker.ready]), signal);

  const anyAddress: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const onSilent = (process: Running) => {
    say("The web process does not answer; it is ended and started again.");
    void process.stop(3_000);
  };
  defer(watchLiveness(anyAddress[env.host] ?? env.host, env.port, () => web.current(), onSilent));
  if (dev) {
    const watch = watchSource(root, (bundle) => void (bundle === "server" ? web : worker).current()?.stop(2_000));
    defer(watch.stop);
    onForce(watch.stop);
  }
  say(`Watchkeeper is ready: ${url} (started in ${process.uptime().toFixed(1)} s)`);
  await new Promise((stop) => signal.addEventListener("abort", stop, { once: true }));
}

function announceAdmin(url: string, { email, password }: { email: string; password?: string }): void {
  const generated = ["The first admin was created. Sign in and change the password: it is shown only now.", ""];
  sayInBox([
    ...(password === undefined ? ["The first admin was created from ADMIN_EMAIL and ADMIN_PASSWORD.", ""] : generated),
    `  address   ${url}`,
    `  email     ${email}`,
    ...(password === undefined ? [] : [`  password  ${password}`]),
  ]);
}
