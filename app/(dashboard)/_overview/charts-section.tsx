import { rangeOf } from "@/app/_components/ranges";
import { TimeChart } from "@/app/_components/time-chart";
import { getOverviewHistory } from "@/app/_dal/overview";
import { DiskWidget } from "./disk-widget";
import { OpenIncidents } from "./open-incidents";
import { QueueWidget } from "./queue-widget";
import { RecentErrors } from "./recent-errors";

/** The charts on one time axis with one cursor, the queue, the open incidents, the disks and the recent errors. */
export async function ChartsSection({ searchParams }: { searchParams: Promise<{ range?: string | string[] }> }) {
  const { range } = await searchParams;
  const { charts, queue, disks, diskLimitPercent, incidents, errors } = await getOverviewHistory(rangeOf(range));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-2">
      {charts.map((chart) => (
        <TimeChart key={chart.title} {...chart} />
      ))}
      <QueueWidget queue={queue} />
      <OpenIncidents incidents={incidents} />
      <DiskWidget disks={disks} limitPercent={diskLimitPercent} />
      <RecentErrors errors={errors} className="xl:col-span-2" />
    </div>
  );
}
