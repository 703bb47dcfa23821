import { spawn } from "node:child_process";
import { join } from "node:path";
import { type FromPrepare, type ToPrepare, isFromPrepare } from "./prepare-messages";
import { StartProblem } from "./start-problem";

export type Step<Name extends FromPrepare["step"]> = Extract<FromPrepare, { step: Name }>;

export interface Preparation {
  /** Waits for a step's message. @throws StartProblem with the child's sentence, or when it ends without one */
  expect: <Name extends FromPrepare["step"]>(step: Name) => Promise<Step<Name>>;
  tell: (message: ToPrepare) => void;
  kill: () => void;
}

/**
 * Starts the child that reads the environment and prepares the database. It is a process of its own because it loads zod,
 * Prisma and the schema engine: the launcher, which stays, keeps none of their memory.
 */
export function startPreparation(root: string, environment: Record<string, string | undefined>): Preparation {
  const child = spawn(process.execPath, [join(root, ".build/prepare.js")], {
    cwd: root,
    env: { NODE_ENV: "production", ...environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  const received: FromPrepare[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  child.on("message", (message) => {
    if (isFromPrepare(message)) received.push(message);
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  child.once("close", end).once("error", end);
  return {
    expect: async <Name extends FromPrepare["step"]>(step: Name) => {
      for (;;) {
        const wanted = received.find((message): message is Step<Name> => message.step === step);
        if (wanted) return wanted;
        for (const message of received) if (message.step === "problem") throw new StartProblem(message.sentence);
        if (ended)
          throw new StartProblem("The preparation of the database ended without a word; the lines above may say why.");
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    tell: (message) => void child.send(message),
    kill: () => void child.kill("SIGKILL"),
  };
}
