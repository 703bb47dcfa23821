import { SYSTEM } from "@/lib/core/actor";
import { syncFileChecks } from "@/lib/checks/sync-file-checks";
import { type Context, asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { isProblem, messageOf } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/log";
import { migrate } from "@/lib/db/migrate";
import { isDatabaseAway } from "@/lib/db/database-away";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { waitForDatabase } from "@/lib/db/wait-for-database";
import { InvalidEnvironment, readEnv } from "@/lib/env";
import { StartProblem } from "../launcher/start-problem";
import { ROOT } from "../root";
import { type Command, type CommandTools, UsageError } from "./define-command";
import { findDatabase } from "./find-database";
import { COMMANDS } from "./index";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const note = (line: string): void => void process.stderr.write(`${line}\n`);

const HELP: ReadonlySet<string> = new Set(["--help", "-h", "help"]);
const USAGE_CODE = 2;

function usage(): string {
  const lines = [...COMMANDS].map(([name, command]) => `  ${name} ${command.usage}`);
  return ["Usage: node .build/cli.js COMMAND [options], where COMMAND is one of", ...lines].join("\n");
}

/** As people call it: without the two dashes npm would keep the options to itself. */
const usageOf = (name: string, command: Command): string =>
  `Usage: npm run ${name.replace("-", ":")} -- ${command.usage}`;

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

/** One sentence for what can happen to anybody; the stack of what nobody expected. */
function wordsFor(error: unknown): string {
  const message = messageOf(error);
  if (isExpected(error) || !(error instanceof Error)) return message;
  if (isDatabaseAway(error))
    return `The database went away meanwhile: ${message}. Run the command again when it is back.`;
  return error.stack ?? message;
}

function start(command: Command, args: string[]): Promise<number> {
  if (command.needs === "nothing") return command.prepare(args)({ print, note });
  const run = command.prepare(args);
  return withContext(run);
}

/**
 * Runs one command of the CLI. Only its result, and the help that was asked for, go to standard output; everything else to
 * standard error.
 * @returns the exit code: 2 for a call that is wrong
 */
export async function runCommand([name = "", ...args]: string[]): Promise<number> {
  if (HELP.has(name)) {
    print(usage());
    return 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    note(name ? `There is no command "${name}".\n${usage()}` : usage());
    return USAGE_CODE;
  }
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    print(`${command.summary}\n${usageOf(name, command)}`);
    return 0;
  }
  try {
    return await start(command, args);
  } catch (error) {
    if (error instanceof UsageError) {
      note(`${error.message}\n${usageOf(name, command)}`);
      return USAGE_CODE;
    }
    note(wordsFor(error));
    return command.failureCode;
  }
}
