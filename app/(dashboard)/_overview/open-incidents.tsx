import { Siren } from "lucide-react";
import Link from "next/link";
import { Card } from "@/app/_components/card";
import { IncidentSeverityBadge } from "@/app/_components/incident-badge";
import { INCIDENT_STATUS_LOOKS } from "@/app/_components/incident-looks";
import { RelativeTime } from "@/app/_components/relative-time";
import type { OpenIncident } from "@/app/_dal/overview-incidents";

/** The incidents that are still open, worst first. */
export function OpenIncidents({ incidents }: { incidents: readonly OpenIncident[] }) {
  return (
    <Card
      title="Open incidents"
      aside={
        <Link href="/incidents" prefetch={false} className="font-medium text-accent underline underline-offset-2">
          {incidents.length > 0 ? `All ${incidents.length}` : "Incidents"}
        </Link>
      }
      flush={incidents.length > 0}
    >
      {incidents.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-muted">
          <Siren aria-hidden size={16} /> No incident is open.
        </p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {incidents.map(({ id, number, title, severity, status, startedAt }) => (
            <li
              key={id}
              className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken"
            >
              <IncidentSeverityBadge severity={severity} />
              <Link
                href={`/incidents/${number}`}
                prefetch={false}
                className="min-w-0 flex-1 text-sm font-medium break-words text-ink after:absolute after:inset-0"
              >
                {title}
              </Link>
              <span className="w-full text-xs text-muted sm:w-auto">
                {INCIDENT_STATUS_LOOKS[status].word}, began <RelativeTime at={startedAt} className="relative" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
