import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Context } from "@/lib/core/context";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; strict: true }>>["values"];

/** What a command may use: a context on behalf of the product itself, and where to write. */
export interface CommandTools {
  context: Context;
  /** A line of the result, on standard output. */
  print: (line: string) => void;
  /** A line about what happens, on standard error. */
  note: (line: string) => void;
}

export interface Command {
  /** How to call it, behind the command's name. */
  usage: string;
  /** The exit code when it could not do its work. */
  failureCode: number;
  /** Parses the arguments. @returns the work to do; its answer is the exit code @throws TypeError for unknown options */
  prepare: (args: string[]) => (tools: CommandTools) => Promise<number>;
}

/** Defines a command: one file in jobs/commands, one line in its index.ts, one test. */
export function defineCommand<const O extends Options>(definition: {
  usage: string;
  options: O;
  failureCode?: number;
  run: (tools: CommandTools, values: Values<O>) => Promise<number>;
}): Command {
  const { usage, options, failureCode = 1, run } = definition;
  return {
    usage,
    failureCode,
    prepare: (args) => {
      const { values } = parseArgs({ args, options, strict: true });
      return (tools) => run(tools, values);
    },
  };
}
