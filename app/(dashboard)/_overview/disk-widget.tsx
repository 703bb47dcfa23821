import { Card } from "@/app/_components/card";
import { Meter } from "@/app/_components/meter";
import type { DiskNow } from "@/app/_dal/overview-now";
import { formatBytes, formatPercent } from "@/lib/core/format";

/** How full each disk is. */
export function DiskWidget({ disks, limitPercent }: { disks: readonly DiskNow[]; limitPercent: number }) {
  return (
    <Card title="Disk space" aside={`limit ${formatPercent(limitPercent)}`}>
      {disks.length === 0 ? (
        <p className="text-sm text-muted">No sample within the last 5 min.</p>
      ) : (
        <ul className="grid gap-4">
          {disks.map(({ path, usedPercent, freeBytes }) => (
            <li key={path}>
              <p className="mb-2 flex justify-between gap-4 text-sm">
                <span className="truncate font-medium text-ink">{path}</span>
                <span className="whitespace-nowrap text-muted">
                  <span className={usedPercent > limitPercent ? "font-medium text-negative" : "font-medium text-ink"}>
                    {formatPercent(Math.round(usedPercent))}
                  </span>{" "}
                  full
                  {freeBytes === null ? null : `, ${formatBytes(freeBytes)} free`}
                </span>
              </p>
              <Meter label={`Disk ${path}`} percent={usedPercent} limitPercent={limitPercent} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
