import { performance } from "node:perf_hooks";
import { messageOf } from "@/lib/core/errors";
import { formatSeconds } from "@/lib/core/format";
import type { CheckAnswer, CheckContext, CheckResult, CheckType } from "./define-check";

const MAX_MESSAGE = 2_000;
const MAX_SUMMARY = 120;
const MAX_META_BYTES = 8_000;

const TIMED_OUT = Symbol("timed out");

/**
 * Runs one check and always answers: the runner owns the time-out, a crash and the timing, so a kind only looks and tells.
 * A check that answers after its time-out is not waited for.
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
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => {
      // Resolve first: the abort makes the check reject, and that must not be the answer.
      resolve(TIMED_OUT);
      abort.abort(new Error(`timed out after ${formatSeconds(timeoutSeconds)}`));
    }, timeoutMs);
  });
  const finish = (answer: Omit<CheckResult, "startedAt" | "durationMs">): CheckResult => ({
    ...answer,
    startedAt,
    durationMs: Math.round((performance.now() - start) * 100) / 100,
  });
  try {
    const running = type.run(config, { ...context, signal: abort.signal, timeoutMs });
    // When the time-out wins, a later rejection must not surface as unhandled.
    running.catch(() => undefined);
    const answer = await Promise.race([running, timeout]);
    if (answer === TIMED_OUT) {
      const message = `${type.label} timed out after ${formatSeconds(timeoutSeconds)}.`;
      return finish({ status: "failed", shortSummary: "timed out", message, meta: { timeoutSeconds } });
    }
    return finish(tidy(answer));
  } catch (error) {
    const message = `The check itself broke: ${messageOf(error)}`.slice(0, MAX_MESSAGE);
    return finish({ status: "crashed", shortSummary: "check broken", message, meta: {} });
  } finally {
    clearTimeout(timer);
    abort.abort(new Error("the check has ended"));
  }
}

/** Text from outside ends up in messages: cap it, and take out what PostgreSQL can't store. */
function tidy(answer: CheckAnswer): Omit<CheckResult, "startedAt" | "durationMs"> {
  const json = JSON.stringify(answer.meta ?? {}, (_, value: unknown) =>
    typeof value === "string" ? storable(value) : value,
  );
  const meta: Record<string, unknown> = json.length <= MAX_META_BYTES ? JSON.parse(json) : { truncated: true };
  return {
    status: answer.status,
    shortSummary: storable(answer.shortSummary).slice(0, MAX_SUMMARY),
    message: storable(answer.message ?? "").slice(0, MAX_MESSAGE),
    meta,
  };
}

/** Without NUL characters and halves of surrogate pairs, which neither `text` nor `jsonb` takes. */
function storable(text: string): string {
  return text.replaceAll(/\0|\p{Surrogate}/gu, "");
}
