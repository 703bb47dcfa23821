import { ScrollText, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { LogLines } from "@/app/_components/log-lines";
import { PageHeader } from "@/app/_components/page-header";
import { LOG_RANGES, type LogFilter, parseLogFilter, readLogList } from "@/app/_dal/errors";
import { ListFilters } from "@/app/_lists/list-filters";
import { ListKeys } from "@/app/_lists/list-keys";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";

export const metadata: Metadata = { title: "Logs" };

const LEVELS = [
  { value: "", label: "Every level" },
  { value: "debug", label: "Debug and above" },
  { value: "info", label: "Info and above" },
  { value: "warn", label: "Warning and above" },
  { value: "error", label: "Error and above" },
];
const RANGE_WORDS: Record<keyof typeof LOG_RANGES, string> = {
  "24h": "Last 24 hours",
  "1h": "Last hour",
  "6h": "Last 6 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

/** Lines of logs, the latest first. The page renders itself again as lines come. */
export default async function LogsPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseLogFilter(await searchParams);
  const { items, next, fault } = await readLogList(filter);
  const { query, level = "", range, trace, cursor } = filter;
  return (
    <>
      <PageHeader
        title="Logs"
        description="What programs write, by OpenTelemetry or as JSON; the latest first, and new lines come by themselves."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ListFilters
          path="/logs"
          label="Search logs"
          query={query}
          searchLabel="Search by words, level:, service:, trace: or any attribute"
          kept={{ trace }}
          selects={[
            { name: "level", label: "Level", value: level, options: LEVELS, className: "sm:w-44" },
            {
              name: "range",
              label: "Time",
              value: range,
              options: Object.entries(RANGE_WORDS).map(([value, label]) => ({ value, label })),
              className: "sm:w-40",
            },
          ]}
        />
        {trace === undefined ? null : (
          <Banner tone="neutral">
            Only the trace <code className="font-mono break-all">{trace}</code>.{" "}
            <ButtonLink href="/logs" small>
              Show all
            </ButtonLink>
          </Banner>
        )}
        {fault === null ? null : <Banner tone="caution">{fault}</Banner>}
        {items.length > 0 ? (
          <div className="overflow-hidden rounded-lg border border-line bg-surface [&>ol]:border-t-0">
            <LogLines lines={items} />
          </div>
        ) : fault === null ? (
          <NoLogs filter={filter} />
        ) : null}
        <PageLinks path="/logs" query={logQuery(filter)} cursor={cursor} next={next} />
      </div>
      <ListKeys mayEdit={false} />
    </>
  );
}

function NoLogs({ filter: { query, level, trace, range } }: { filter: LogFilter }) {
  if (query || level || trace) {
    return (
      <EmptyState icon={SearchX} title="No line fits" action={<ButtonLink href="/logs">All logs</ButtonLink>}>
        In the {RANGE_WORDS[range].toLowerCase()} no line is like this.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ScrollText}
      title="No log line yet"
      action={<ButtonLink href="/settings/tokens/new">New API token</ButtonLink>}
    >
      Send logs by OpenTelemetry to <code className="font-mono">/api/otlp/v1/logs</code>, or as JSON to{" "}
      <code className="font-mono">/api/v1/logs</code>, with a token of the scope logs:write.
    </EmptyState>
  );
}

function logQuery({ query, level, range, trace, project }: LogFilter): Record<string, string> {
  return {
    ...(query && { query }),
    ...(level !== undefined && { level }),
    ...(range !== "24h" && { range }),
    ...(trace !== undefined && { trace }),
    ...(project !== undefined && { project: String(project) }),
  };
}
