import { Pool } from "pg";
import type { z } from "zod";
import type { CheckAnswer, CheckContext, CheckType } from "@/lib/checks/define-check";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";

// Connects when first used, so a test of a kind that needs no database never does.
const nowhere = new Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });

/** For kinds that write no metrics. */
export const storesNothing: CheckContext["writeSamples"] = () =>
  Promise.reject(new Error("nothing stores metrics in this test"));

/**
 * Runs a kind of check as the worker does, without the runner: what it throws is thrown.
 * @param context what differs from a plain one; the time-out is 4 s
 */
export async function runType<Config extends z.ZodObject>(
  type: CheckType<Config>,
  config: z.input<Config>,
  context: Partial<CheckContext> = {},
): Promise<CheckAnswer> {
  const timeoutMs = context.timeoutMs ?? 4_000;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error(`timed out after ${timeoutMs / 1000} s`)), timeoutMs);
  const plain = {
    signal: abort.signal,
    timeoutMs,
    now: () => new Date(),
    sql: nowhere,
    env: readEnv({ NODE_ENV: "test" }),
    log: SILENT,
    writeSamples: storesNothing,
  };
  return type.run(config, { ...plain, ...context }).finally(() => clearTimeout(timer));
}
