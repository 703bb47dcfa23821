import Link from "next/link";
import { Table } from "@/app/_lists/table";
import { formatDuration } from "@/lib/core/format";
import type { Downtime } from "@/lib/incidents/figures/read-downtime";
import { formatUptime } from "../../checks/format-uptime";

interface DowntimeTableProps {
  downtime: readonly Downtime[];
  from: Date;
  to: Date;
}

const MAX_SHOWN = 50;

/** How long each check was down, the longest first. */
export function DowntimeTable({ downtime, from, to }: DowntimeTableProps) {
  const longest = downtime[0]?.seconds ?? 0;
  const days = Math.round((to.getTime() - from.getTime()) / 86_400_000);
  return (
    <section aria-labelledby="downtime" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="downtime" className="text-sm font-semibold text-ink">
        Downtime by check
      </h2>
      <p className="text-xs text-muted">
        From one run to the next while it failed, within {days} days; maintenance windows are left out.
        {downtime.length > MAX_SHOWN ? ` The ${MAX_SHOWN} longest of ${downtime.length}.` : ""}
      </p>
      {downtime.length === 0 ? (
        <p className="rounded-lg border border-line bg-surface px-4 py-3 text-sm text-muted">No check was down.</p>
      ) : (
        <Table label="Downtime by check" columns={["Check", "Down", "Uptime"]}>
          {downtime.slice(0, MAX_SHOWN).map(({ checkId, label, seconds, uptime }) => (
            <tr key={checkId} className="border-t border-line">
              <th scope="row" className="w-2/5 max-w-64 px-4 py-2 font-medium">
                <Link href={`/checks/${checkId}`} prefetch={false} className="block truncate text-ink hover:underline">
                  {label}
                </Link>
              </th>
              <td className="px-4 py-2 whitespace-nowrap text-ink">
                <span className="inline-block min-w-24">{formatDuration(seconds)}</span>
                <span aria-hidden className="hidden h-1.5 w-40 rounded-full bg-sunken align-middle sm:inline-block">
                  <span
                    style={{ width: `${(100 * seconds) / longest}%` }}
                    className="block h-full rounded-full bg-negative-mark"
                  />
                </span>
              </td>
              <td className="px-4 py-2 whitespace-nowrap text-ink">{uptime === null ? "–" : formatUptime(uptime)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
