import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Context } from "@/lib/core/context";
import { isProblem, messageOf } from "@/lib/core/errors";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; strict: true }>>["values"];

/** Where a command writes. */
export interface Output {
  /** A line of the result, on standard output. */
  print: (line: string) => void;
  /** A line about what happens, on standard error. */
  note: (line: string) => void;
}

/** What a command may use: a context on behalf of the product itself, and where to write. */
export interface CommandTools extends Output {
  context: Context;
}

/** The command was called wrongly; its message says how. */
export class UsageError extends Error {
  override name = "UsageError";
}

interface CommandWith<Tools> {
  /** What it does, in a sentence. */
  summary: string;
  /** How to call it, behind the command's name. */
  usage: string;
  /** The exit code when it could not do its work. */
  failureCode: number;
  /** Parses the arguments. @returns the work to do; its answer is the exit code @throws UsageError */
  prepare: (args: string[]) => (tools: Tools) => Promise<number>;
}

/** Most commands work on the product's database; one that only works on its arguments runs without. */
export type Command =
  ({ needs: "database" } & CommandWith<CommandTools>) | ({ needs: "nothing" } & CommandWith<Output>);

function parse<C extends ParseArgsConfig>(config: C): ReturnType<typeof parseArgs<C>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** Defines a command: one file in jobs/commands, one line in its index.ts, one test. What its verb finds invalid was an option. */
export function defineCommand<const O extends Options>(definition: {
  summary: string;
  usage: string;
  options: O;
  failureCode?: number;
  run: (tools: CommandTools, values: Values<O>) => Promise<number>;
}): Command {
  const { summary, usage, options, failureCode = 1, run } = definition;
  return {
    needs: "database",
    summary,
    usage,
    failureCode,
    prepare: (args) => {
      const { values } = parse({ args, options, strict: true });
      return (tools) =>
        run(tools, values).catch((error: unknown) => {
          throw isProblem(error) && error.kind === "invalid" ? new UsageError(error.message) : error;
        });
    },
  };
}

/** Defines a command that reads one file and needs no database. */
export function defineFileCommand(definition: {
  summary: string;
  run: (output: Output, path: string) => Promise<number>;
}): Command {
  return {
    needs: "nothing",
    summary: definition.summary,
    usage: "FILE",
    failureCode: 1,
    prepare: (args) => {
      const { positionals } = parse({ args, options: {}, strict: true, allowPositionals: true });
      const [path, ...more] = positionals;
      if (path === undefined || more.length > 0) throw new UsageError("Name one file.");
      return (output) => definition.run(output, path);
    },
  };
}
