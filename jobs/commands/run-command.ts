import { SYSTEM } from "@/lib/core/actor";
import { syncFileChecks } from "@/lib/checks/sync-file-checks";
import { type Context, asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { isProblem, messageOf } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/log";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { waitForDatabase } from "@/lib/db/wait-for-database";
import { InvalidEnvironment, readEnv } from "@/lib/env";
import { StartProblem } from "../launcher/start-problem";
import { ROOT } from "../root";
import type { CommandTools } from "./define-command";
import { findDatabase } from "./find-database";
import { COMMANDS } from "./index";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const note = (line: string): void => void process.stderr.write(`${line}\n`);

function usage(): string {
  const lines = [...COMMANDS].map(([name, command]) => `  ${name} ${command.usage}`);
  return ["Usage: node .build/cli.js COMMAND [options], where COMMAND is one of", ...lines].join("\n");
}

/** A database that no start has prepared yet gets its tables; one in use is left to the launcher. */
async function prepareWhereEmpty(context: Context, url: string): Promise<void> {
  const { rows } = await context.sql.query<{ made: boolean }>(
    "SELECT to_regclass('health_checks') IS NOT NULL AS made",
  );
  if (rows[0]?.made) return;
  await migrate(url, ROOT);
  await makePartitionsAhead(context.sql, context.now());
  await syncFileChecks(context);
}

async function withContext(work: (tools: CommandTools) => Promise<number>): Promise<number> {
  const env = readEnv();
  const database = await findDatabase(env);
  try {
    await waitForDatabase(database.url, { patienceMs: 0 });
    const log = createLogger(env.LOG_LEVEL === "info" ? "warn" : env.LOG_LEVEL, "cli", 2);
    const { context, close } = createContext({ env, process: "cli", url: database.url, log });
    try {
      const own = asActor(context, SYSTEM);
      await prepareWhereEmpty(own, database.url);
      return await work({ context: own, print, note });
    } finally {
      await close();
    }
  } finally {
    await database.release();
  }
}

const isExpected = (error: unknown): boolean =>
  isProblem(error) || error instanceof InvalidEnvironment || error instanceof StartProblem;

/**
 * Runs one command of the CLI. Only its result goes to standard output; everything else to standard error.
 * @returns the exit code
 */
export async function runCommand([name = "", ...args]: string[]): Promise<number> {
  const command = COMMANDS.get(name);
  if (!command) {
    note(name ? `There is no command "${name}".\n${usage()}` : usage());
    return 2;
  }
  let work: () => Promise<number>;
  try {
    if (command.needs === "nothing") {
      const run = command.prepare(args);
      work = () => run({ print, note });
    } else {
      const run = command.prepare(args);
      work = () => withContext(run);
    }
  } catch (error) {
    note(`${messageOf(error)}\nUsage: ${name} ${command.usage}`);
    return 2;
  }
  try {
    return await work();
  } catch (error) {
    note(isExpected(error) || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message));
    return command.failureCode;
  }
}
