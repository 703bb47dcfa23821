import { classNames } from "@/app/_components/class-names";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import { STATES, TONE_SURFACE, TONE_TEXT } from "@/app/_components/state";
import { StateIcon } from "@/app/_components/state-icon";
import type { CheckDetail } from "@/app/_dal/check";

/** Of these nobody knows, or needs to know, since when. */
const NO_SINCE: ReadonlySet<string> = new Set(["stale", "unknown", "maintenance"]);

/** The state in a word, since when, and the cause in the check's own sentence. */
export function StateLine({ check }: { check: CheckDetail }) {
  const { state, statusSince, lastResult, lastResultAt, pausedAt, consecutiveFailures, failureThreshold } = check;
  const maintenance = state === "maintenance" ? check.maintenance : null;
  const { word, tone } = STATES[state];
  const troubled = tone === "negative" || tone === "caution";
  const since = state === "paused" ? pausedAt : NO_SINCE.has(state) ? null : statusSince;
  const counting = consecutiveFailures > 0 && consecutiveFailures < failureThreshold;
  return (
    <section
      aria-label="State"
      className={classNames(
        "rounded-lg border px-4 py-4",
        troubled || maintenance ? TONE_SURFACE[tone] : "border-line bg-surface",
        state === "stale" && "hatched",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateIcon state={state} size={20} />
        <strong className={classNames("text-base font-semibold", TONE_TEXT[tone])}>{word}</strong>
        {maintenance ? (
          <span className="text-sm text-muted">
            until <ClockTime at={maintenance.until} />, <RelativeTime at={maintenance.until} />
          </span>
        ) : null}
        {since ? (
          <span className="text-sm text-muted">
            since <ClockTime at={since} />, <RelativeTime at={since} />
          </span>
        ) : null}
        <span className="text-sm text-muted sm:ml-auto">
          {lastResultAt ? (
            <>
              Last checked <RelativeTime at={lastResultAt} />
            </>
          ) : (
            "Not run yet: the first result comes within seconds."
          )}
        </span>
      </div>
      {maintenance ? (
        <p className="mt-2 text-sm break-words text-ink">
          {maintenance.label}: its alerts tell nobody, and nothing counts as downtime. The check itself is{" "}
          {STATES[check.ownState].word.toLowerCase()}.
        </p>
      ) : null}
      {lastResult ? (
        <p className="mt-2 text-sm break-words text-ink">{lastResult.message || lastResult.shortSummary}</p>
      ) : null}
      {counting ? (
        <p className="mt-1 text-xs text-muted">
          Failed {consecutiveFailures} of {failureThreshold} times in a row; the state changes at {failureThreshold}.
        </p>
      ) : null}
    </section>
  );
}
