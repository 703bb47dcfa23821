import { ChevronRight } from "lucide-react";
import { RelativeTime } from "@/app/_components/relative-time";
import { StateBadge } from "@/app/_components/state-badge";
import { SteadyList } from "@/app/_components/steady-list";
import { type CheckDetail, readCheckResults } from "@/app/_dal/check";
import { FactList } from "@/app/_lists/fact-list";
import { PageLinks } from "@/app/_lists/page-links";
import { formatMs } from "@/lib/core/format";

interface ResultListProps {
  check: CheckDetail;
  cursor: string | undefined;
  range: string | undefined;
}

/** The runs, newest first; each unfolds into its message and what was measured. */
export async function ResultList({ check, cursor, range }: ResultListProps) {
  const { items, next } = await readCheckResults(check.id, cursor);
  return (
    <section aria-labelledby="results" className="grid min-w-0 gap-4">
      <h2 id="results" className="text-base font-semibold tracking-tight text-ink">
        Results
      </h2>
      {items.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-8 text-center text-sm text-muted">
          Each run will be a line here, with what it found and how long it took.
        </p>
      ) : (
        <SteadyList
          label="Results, newest first"
          className="divide-y divide-line rounded-lg border border-line bg-surface"
          items={items.map((result) => ({
            key: result.scheduledAt.toISOString(),
            node: <ResultRow result={result} />,
          }))}
        />
      )}
      <PageLinks path={`/checks/${check.id}`} query={range ? { range } : {}} cursor={cursor} next={next} />
    </section>
  );
}

/** A summary that is a time says what the column of durations says already. */
const TIME = /^[\d.]+ m?s$/;

function ResultRow({ result }: { result: Awaited<ReturnType<typeof readCheckResults>>["items"][number] }) {
  const { status, startedAt, durationMs, message, meta } = result;
  const summary = TIME.test(result.shortSummary) ? "" : result.shortSummary;
  return (
    <details className="group">
      <summary className="grid cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-sunken sm:grid-cols-[auto_8rem_minmax(0,1fr)_5rem_6rem] [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          size={16}
          className="hidden text-muted transition-transform group-open:rotate-90 sm:block"
        />
        <span>
          <StateBadge state={status} />
        </span>
        <span className="order-3 min-w-0 truncate text-sm text-ink sm:order-none">{message || summary}</span>
        <span className="order-4 text-right text-xs text-muted sm:order-none">{formatMs(durationMs)}</span>
        <span className="justify-self-end text-xs whitespace-nowrap text-muted">
          <RelativeTime at={startedAt} focusable={false} />
        </span>
      </summary>
      <div className="grid gap-3 border-t border-line bg-sunken px-4 py-3">
        {message ? <p className="text-sm break-words text-ink">{message}</p> : null}
        <FactList facts={{ summary, startedAt: startedAt.toISOString(), durationMs, ...meta }} />
      </div>
    </details>
  );
}
