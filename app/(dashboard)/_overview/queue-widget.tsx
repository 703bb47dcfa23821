import { Card } from "@/app/_components/card";
import { classNames } from "@/app/_components/class-names";
import type { QueueNow } from "@/app/_dal/overview-now";
import { formatCount, formatDuration } from "@/lib/core/format";

const count = (value: number | null) => (value === null ? "–" : formatCount(value));

/** The job queue in four numbers. */
export function QueueWidget({ queue }: { queue: QueueNow }) {
  const { pending, failed, oldestMs, perSecond } = queue;
  const unknown = pending === null;
  const oldest = oldestMs === null ? "–" : oldestMs < 1000 ? "none" : formatDuration(oldestMs / 1000);
  const throughput = perSecond === null ? "–" : `${formatCount(Number((perSecond * 60).toPrecision(3)))} /min`;
  return (
    <Card
      title="Job queue"
      description={unknown ? "No sample within the last 5 min." : "As sampled within the last minute or two."}
      className="flex flex-col [&>div:last-child]:flex-1"
    >
      <dl className="grid h-full grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line">
        <Figure term="Pending" value={count(pending)} help="jobs wait" />
        <Figure term="Failed" value={count(failed)} help="failed for good" bad={failed !== null && failed > 0} />
        <Figure term="Oldest waiting" value={oldest} help="since it was due" />
        <Figure term="Throughput" value={throughput} help="jobs done" />
      </dl>
    </Card>
  );
}

function Figure({ term, value, help, bad = false }: { term: string; value: string; help: string; bad?: boolean }) {
  return (
    <div className="flex flex-col justify-center bg-surface px-4 py-3">
      <dt className="text-xs text-muted">{term}</dt>
      <dd className={classNames("mt-1 text-xl font-semibold tracking-tight", bad ? "text-negative" : "text-ink")}>
        {value} <span className="text-xs font-normal tracking-normal text-muted">{help}</span>
      </dd>
    </div>
  );
}
