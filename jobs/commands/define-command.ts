import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Context } from "@/lib/core/context";

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

interface CommandWith<Tools> {
  /** How to call it, behind the command's name. */
  usage: string;
  /** The exit code when it could not do its work. */
  failureCode: number;
  /** Parses the arguments. @returns the work to do; its answer is the exit code @throws TypeError for unknown options */
  prepare: (args: string[]) => (tools: Tools) => Promise<number>;
}

/** Most commands work on the product's database; one that only works on its arguments runs without. */
export type Command =
  ({ needs: "database" } & CommandWith<CommandTools>) | ({ needs: "nothing" } & CommandWith<Output>);

/** Defines a command: one file in jobs/commands, one line in its index.ts, one test. */
export function defineCommand<const O extends Options>(definition: {
  usage: string;
  options: O;
  failureCode?: number;
  run: (tools: CommandTools, values: Values<O>) => Promise<number>;
}): Command {
  const { usage, options, failureCode = 1, run } = definition;
  return {
    needs: "database",
    usage,
    failureCode,
    prepare: (args) => {
      const { values } = parseArgs({ args, options, strict: true });
      return (tools) => run(tools, values);
    },
  };
}

/** Defines a command that reads one file and needs no database. */
export function defineFileCommand(definition: { run: (output: Output, path: string) => Promise<number> }): Command {
  return {
    needs: "nothing",
    usage: "FILE",
    failureCode: 1,
    prepare: (args) => {
      const { positionals } = parseArgs({ args, options: {}, strict: true, allowPositionals: true });
      const [path, ...more] = positionals;
      if (path === undefined || more.length > 0) throw new TypeError("Name one file.");
      return (output) => definition.run(output, path);
    },
  };
}
