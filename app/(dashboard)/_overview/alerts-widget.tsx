import Link from "next/link";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { SeverityBadge } from "@/app/_components/severity-badge";
import type { AlertAttention } from "@/lib/alerting/read-attention";

/** The worst alerts that fire; nothing while all is calm. */
export function AlertsWidget({ alerts: { firing, worst } }: { alerts: AlertAttention }) {
  if (worst.length === 0) return null;
  return (
    <Card
      title="Alerts"
      aside={
        <Link href="/alerts" className="font-medium text-accent hover:underline">
          {firing > worst.length ? `All ${firing.toLocaleString("en")}` : "See them all"}
        </Link>
      }
      flush
    >
      <ul className="divide-y divide-line border-t border-line">
        {worst.map(({ id, severity, subject, summary, firingSince, acknowledgedBy }) => (
          <li key={id} className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-sunken">
            <span className="sm:w-20">
              <SeverityBadge severity={severity} />
            </span>
            <span className="min-w-0 flex-1 basis-48">
              <Link
                href={`/alerts/${id}`}
                prefetch={false}
                className="block truncate text-sm font-medium text-ink after:absolute after:inset-0"
              >
                {subject}
              </Link>
              <span className="block truncate text-xs text-muted">{summary}</span>
            </span>
            <span className="text-xs text-muted">
              {acknowledgedBy ? `acknowledged by ${acknowledgedBy}, ` : ""}
              {firingSince ? <RelativeTime at={firingSince} focusable={false} className="relative" /> : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
