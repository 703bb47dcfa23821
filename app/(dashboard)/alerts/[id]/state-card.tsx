import { classNames } from "@/app/_components/class-names";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import { ALERT_LOOKS, SEVERITY_LOOKS } from "@/app/_components/severity";
import { AlertStateIcon, SeverityBadge } from "@/app/_components/severity-badge";
import { TONE_SURFACE, TONE_TEXT, type Tone } from "@/app/_components/state";
import type { Alert } from "@/lib/alerting/alert";
import { formatDuration, formatValue } from "@/lib/core/format";

/** What is wrong, how badly, since when, and why nobody is told where that is so. */
export function StateCard({ alert }: { alert: Alert }) {
  const { shown, severity, summary, value, threshold, unit, suppressedReason, isFlapping } = alert;
  const since = alert.firingSince ?? alert.pendingSince;
  const { word, tone } = ALERT_LOOKS[shown];
  return (
    <section aria-label="State" className={classNames("rounded-lg border px-4 py-4", groundOf(alert))}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <AlertStateIcon state={shown} size={20} />
        <strong className={classNames("text-base font-semibold", TONE_TEXT[tone])}>{word}</strong>
        <SeverityBadge severity={severity} over={shown === "resolved"} />
        <span className="text-sm text-muted">
          {alert.resolvedAt ? (
            <>
              for {formatDuration(Math.round((alert.resolvedAt.getTime() - since.getTime()) / 1000))}, until{" "}
              <ClockTime at={alert.resolvedAt} />
            </>
          ) : (
            <>
              since <ClockTime at={since} />, <RelativeTime at={since} />
            </>
          )}
        </span>
      </div>
      <p className="mt-2 text-sm break-words text-ink">{summary}</p>
      {value !== null && threshold !== null ? (
        <p className="mt-1 text-sm text-muted">
          <strong className="text-xl font-semibold tracking-tight text-ink">{formatValue(value, unit)}</strong> against
          a limit of {formatValue(threshold, unit)}
        </p>
      ) : null}
      {suppressedReason && shown !== "resolved" ? (
        <p className="mt-2 text-sm break-words text-muted">Nobody is told: {suppressedReason}.</p>
      ) : null}
      {isFlapping && shown !== "resolved" ? (
        <p className="mt-2 text-sm text-muted">It comes and goes: it is over once it has been calm for 15 min.</p>
      ) : null}
      {alert.resolvedReason ? <p className="mt-2 text-sm text-muted">Over because {alert.resolvedReason}.</p> : null}
    </section>
  );
}

function groundOf({ shown, severity }: Alert): string {
  const tone: Tone = shown === "firing" ? SEVERITY_LOOKS[severity].tone : "neutral";
  return tone === "neutral" ? "border-line bg-surface" : TONE_SURFACE[tone];
}
