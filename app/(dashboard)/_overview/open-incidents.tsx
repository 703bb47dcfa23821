import { Siren } from "lucide-react";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { OpenIncident } from "@/app/_dal/overview-incidents";
import { classNames } from "@/app/_components/class-names";
import { TONE_SURFACE } from "@/app/_components/state";

const TONES = { critical: "negative", high: "negative", medium: "caution", low: "neutral" } as const;

/** The incidents that are still open, worst first. */
export function OpenIncidents({ incidents }: { incidents: readonly OpenIncident[] }) {
  return (
    <Card
      title="Open incidents"
      aside={incidents.length > 0 ? incidents.length : undefined}
      flush={incidents.length > 0}
    >
      {incidents.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-muted">
          <Siren aria-hidden size={16} /> No incident is open.
        </p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {incidents.map(({ id, title, severity, status, startedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
              <span
                className={classNames(
                  "rounded-full border px-2 text-xs leading-5 font-medium capitalize",
                  TONE_SURFACE[TONES[severity]],
                )}
              >
                {severity}
              </span>
              <span className="min-w-0 flex-1 text-sm font-medium break-words text-ink">{title}</span>
              <span className="w-full text-xs text-muted sm:w-auto">
                <span className="capitalize">{status}</span>, began <RelativeTime at={startedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
