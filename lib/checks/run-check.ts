import { performance } from "node:perf_hooks";
import { messageOf } from "@/lib/core/errors";
import { formatSeconds } from "@/lib/core/format";
import type { CheckAnswer, CheckContext, CheckResult, CheckType } from "./define-check";

const MAX_MESSAGE = 2_000;
const MAX_SUMMARY = 120;
const MAX_META_LENGTH = 8_000;

const TIMED_OUT = Symbol("timed out");
// Made once: an error with its stack costs more than the rest of ending a check.
const ENDED = new Error("the check has ended");

/**
 * Runs one check and always answers: the runner owns the time-out, a crash and the timing, so a kind only looks and tells.
 * At the time-out the signal aborts; a kind that answers to that at once tells what it was waiting for, any other is left
 * behind and called timed out.
 */
export async function runCheck(
  type: CheckType,
  config: unknown,
  timeoutSeconds: number,
  context: Omit<CheckContext, "signal" | "timeoutMs">,
): Promise<CheckResult> {
  const startedAt = context.now();
  const start = performance.now();
  const timeoutMs = timeoutSeconds * 1000;
  const abort = new AbortController();
  const limit = () => `timed out after ${formatSeconds(timeoutSeconds)}`;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => {
      abort.abort(new Error(limit()));
      // What the abort makes a kind say is there before this.
      setImmediate(resolve, TIMED_OUT);
    }, timeoutMs);
  });
  const finish = (answer: Omit<CheckResult, "startedAt" | "durationMs">): CheckResult => ({
    startedAt,
    durationMs: Math.round((performance.now() - start) * 100) / 100,
    ...answer,
  });
  try {
    const running = type.run(config, { signal: abort.signal, timeoutMs, ...context }).catch((error: unknown) => {
      // What a kind throws because it was stopped is not a fault of the kind.
      if (abort.signal.aborted) return TIMED_OUT;
      throw error;
    });
    const answer = await Promise.race([running, timeout]);
    if (typeof answer === "symbol") {
      return finish({ status: "failed", shortSummary: "timed out", message: `${type.label} ${limit()}.`, meta: {} });
    }
    return finish(tidy(answer));
  } catch (error) {
    return finish({
      status: "crashed",
      shortSummary: "check broken",
      message: clean(`The check itself broke: ${messageOf(error)}`, MAX_MESSAGE),
      meta: {},
    });
  } finally {
    clearTimeout(timer);
    abort.abort(ENDED);
  }
}

/** Text from outside ends up in answers: cap it, and take out what PostgreSQL can't store. */
function tidy(answer: CheckAnswer): Omit<CheckResult, "startedAt" | "durationMs"> {
  return {
    status: answer.status,
    shortSummary: clean(answer.shortSummary, MAX_SUMMARY),
    message: clean(answer.message ?? "", MAX_MESSAGE),
    meta: cleanMeta(answer.meta ?? {}),
  };
}

const UNSTORABLE = /\0|\p{Surrogate}/gu;
/** Whole characters of two halves too: a quick look that spares most texts the exact one. */
const SUSPECT = /[\0\ud800-\udfff]/;

/** Without NUL and half characters (a cut can make one). */
function clean(text: string, max: number): string {
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return SUSPECT.test(cut) ? cut.replace(UNSTORABLE, "") : cut;
}

function cleanMeta(meta: Record<string, unknown>): Record<string, unknown> {
  const json = JSON.stringify(meta);
  if (json.length > MAX_META_LENGTH) return { truncated: true };
  // JSON writes NUL and half characters as escapes: the usual meta has none, and is taken as it is.
  if (!/\\u(0000|d[89a-f])/i.test(json)) return meta;
  const parsed: Record<string, unknown> = JSON.parse(json, (_key, value: unknown) =>
    typeof value === "string" ? value.replace(UNSTORABLE, "") : value,
  );
  return parsed;
}
