import { ScrollText, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { ExactTime } from "@/app/_components/relative-time";
import { LOG_RANGES, type LogFilter, type LogList, parseLogFilter, readLogList } from "@/app/_dal/errors";
import { SearchAnswer } from "@/app/_early/search-answer";
import { ListFilters, type ListSelect } from "@/app/_lists/list-filters";
import { ListKeys } from "@/app/_lists/list-keys";
import { PageLinks } from "@/app/_lists/page-links";
import { SearchHelp } from "@/app/_lists/search-help";
import type { SearchParams } from "@/app/_lists/search-params";
import { logAddress, logQuery } from "./address";
import { LogTail } from "./log-tail";

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

const TERMS = [
  ["payment refused", "lines with both words, or with words that begin so"],
  ['"card refused"', "the words one after the other"],
  ["level:error", "trace, debug, info, warn, error or fatal"],
  ["service:shop", "what one service wrote"],
  ["trace:4bf92f3577b34da6a3ce929d0e0e4736", "what belongs to one trace"],
  ["host.name:web-1", "any attribute, by its name"],
  ["!level:debug", "all but these"],
] as const;

/** Lines of logs, the latest first. The page renders itself again as lines come. */
export default async function LogsPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseLogFilter(await searchParams);
  const { items, next, fault, projects } = await readLogList(filter);
  const { query, trace, around, cursor } = filter;
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
          kept={{ trace, around }}
          selects={selectsOf(filter, projects)}
          wide
        />
        <SearchHelp
          words="Words are looked for in the message. Terms narrow it down; all of them must fit."
          terms={TERMS}
        />
        <Narrowed filter={filter} />
        {fault === null ? null : <Banner tone="caution">{fault}</Banner>}
        <SearchAnswer>
          {items.length > 0 ? (
            // Another search is another list: none of the lines that stand still.
            <LogTail
              key={`${logAddress(filter)} ${cursor}`}
              lines={items}
              around={around === undefined ? undefined : new Date(around)}
            />
          ) : fault === null ? (
            <NoLogs filter={filter} />
          ) : null}
          <PageLinks path="/logs" query={logQuery(filter)} cursor={cursor} next={next} />
        </SearchAnswer>
      </div>
      <ListKeys mayEdit={false} />
    </>
  );
}

function selectsOf({ level, range, project, around }: LogFilter, projects: LogList["projects"]): ListSelect[] {
  const ranges = Object.entries(RANGE_WORDS).map(([value, label]) => ({ value, label }));
  const all = { value: "", label: "All projects" };
  const names = projects.map(({ id, name }) => ({ value: String(id), label: name }));
  return [
    { name: "level", label: "Level", value: level ?? "", options: LEVELS, className: "sm:w-44" },
    ...(projects.length > 0
      ? [
          {
            name: "project",
            label: "Project",
            value: project === undefined ? "" : String(project),
            options: [all, ...names],
            className: "sm:w-44",
          },
        ]
      : []),
    ...(around === undefined
      ? [{ name: "range", label: "Time", value: range, options: ranges, className: "sm:w-40" }]
      : []),
  ];
}

/** What the address narrows down besides the search, and the way out. */
function Narrowed({ filter }: { filter: LogFilter }) {
  const { trace, around } = filter;
  if (trace === undefined && around === undefined) return null;
  return (
    <Banner
      tone="neutral"
      action={
        <ButtonLink href={logAddress({ ...filter, trace: undefined, around: undefined })} small prefetch={false}>
          Show all
        </ButtonLink>
      }
    >
      Only{" "}
      {trace === undefined ? (
        "what was written"
      ) : (
        <>
          the trace <code className="font-mono break-all">{trace}</code>
        </>
      )}
      {around === undefined ? null : (
        <>
          {" "}
          around <ExactTime at={around} />, {trace === undefined ? "five minutes" : "an hour"} before and after
        </>
      )}
      .
    </Banner>
  );
}

function NoLogs({ filter: { query, level, trace, range, project, around } }: { filter: LogFilter }) {
  if (query || level || trace || around || project !== undefined) {
    return (
      <EmptyState icon={SearchX} title="No line fits" action={<ButtonLink href="/logs">All logs</ButtonLink>}>
        {around === undefined
          ? `In the ${RANGE_WORDS[range].toLowerCase()} no line is like this.`
          : "Near this time no line is like this."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ScrollText}
      title={range === "30d" ? "No log line yet" : `No log line in the ${RANGE_WORDS[range].toLowerCase()}`}
      action={<ButtonLink href="/errors/projects">Show how to send logs</ButtonLink>}
    >
      Send logs by OpenTelemetry to <code className="font-mono">/api/otlp/v1/logs</code>, or as JSON to{" "}
      <code className="font-mono">/api/v1/logs</code>, with a project’s key or a token of the scope logs:write.
    </EmptyState>
  );
}
