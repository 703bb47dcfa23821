import { Activity, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { ButtonLink } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { readAnomalies } from "@/app/_dal/anomalies";
import { ListFilters } from "@/app/_lists/list-filters";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";
import { Table, WIDE } from "@/app/_lists/table";
import { formatValue } from "@/lib/core/format";
import { isStorable } from "@/lib/core/storable";
import { panelOf, readAddress, writeAddress } from "@/lib/metrics/explorer/address";
import { firstAggregate } from "@/lib/metrics/explorer/fitting-aggregates";
import { ExpectForm } from "./expect-form";

export const metadata: Metadata = { title: "Anomalies" };

const PATH = "/explore/anomalies";
const SHOWN = [
  { value: "unexpected", label: "Without expected ones" },
  { value: "all", label: "Expected ones too" },
];
type Listed = Awaited<ReturnType<typeof readAnomalies>>["items"][number];

/** What was odd in the metrics, with its reason; each leads to the chart around it. */
export default function AnomaliesPage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <>
      <PageHeader
        title="Anomalies"
        description="Points that are odd for their series at that time. What was planned can be marked as expected: it is then no mark on charts."
        above={<Link href="/explore">Explore</Link>}
      />
      <Suspense fallback={<div className="skeleton h-96 rounded-lg" />}>
        <AnomalyList searchParams={searchParams} />
      </Suspense>
    </>
  );
}

async function AnomalyList({ searchParams }: { searchParams: SearchParams }) {
  const given = await searchParams;
  const show = given.show === "all" ? "all" : "unexpected";
  const query = typeof given.query === "string" && isStorable(given.query) ? given.query.slice(0, 200) : "";
  const cursor = typeof given.cursor === "string" ? given.cursor : undefined;
  const { items, next, mayEdit } = await readAnomalies({ show, query, cursor });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ListFilters
        path={PATH}
        label="Search anomalies"
        query={query}
        searchLabel="Search by the metric's name"
        kept={{}}
        selects={[{ name: "show", label: "Which anomalies", value: show, options: SHOWN, className: "sm:w-56" }]}
      />
      {items.length === 0 ? (
        <NoAnomalies isFiltered={query !== ""} />
      ) : (
        <Table
          label="Anomalies"
          columns={["When", "Metric", { wide: "What was odd" }, { wide: "Value" }, ...(mayEdit ? ["Expected?"] : [])]}
        >
          {items.map((anomaly) => (
            <AnomalyRow key={anomaly.id} anomaly={anomaly} mayEdit={mayEdit} />
          ))}
        </Table>
      )}
      <PageLinks
        path={PATH}
        query={{ ...(show === "all" && { show }), ...(query && { query }) }}
        cursor={cursor}
        next={next}
      />
    </div>
  );
}

function NoAnomalies({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState icon={SearchX} title="Nothing odd fits" action={<ButtonLink href={PATH}>All metrics</ButtonLink>}>
        No metric with such a name was odd.
      </EmptyState>
    );
  return (
    <EmptyState icon={Activity} title="Nothing odd" action={<ButtonLink href="/explore">Explore metrics</ButtonLink>}>
      Each series is learned from its own samples: after a day, what leaves the usual band of the hour and the weekday
      is listed here with its reason.
    </EmptyState>
  );
}

function AnomalyRow({ anomaly, mayEdit }: { anomaly: Listed; mayEdit: boolean }) {
  const { id, name, unit, metadata, at, value, reason, expectedAt, expectedBy } = anomaly;
  const labels = Object.entries(metadata).map(([label, text]) => `${label}=${String(text)}`);
  const expected = expectedAt ? (
    <span className="block text-xs text-muted">
      Expected{expectedBy ? `, says ${expectedBy}` : ""} <RelativeTime at={expectedAt} />
    </span>
  ) : null;
  return (
    <tr className="border-t border-line align-top">
      <td className="px-4 py-3 whitespace-nowrap text-muted">
        <RelativeTime at={at} />
      </td>
      <td className="px-4 py-3">
        <Link href={chartAround(anomaly)} prefetch={false} className="font-medium text-ink hover:underline">
          {name}
        </Link>
        <span className="block text-xs break-words text-muted">{labels.join(", ")}</span>
        <span className="mt-1 block text-ink sm:hidden">
          {reason}
          {expected}
        </span>
      </td>
      <td className={classNames("min-w-64 px-4 py-3 text-ink", WIDE)}>
        {reason}
        {expected}
      </td>
      <td className={classNames("px-4 py-3 whitespace-nowrap text-ink tabular-nums", WIDE)}>
        {formatValue(value, unit)}
      </td>
      {mayEdit ? (
        <td className="px-4 py-3">
          <ExpectForm id={id} name={name} at={at} isExpected={expectedAt !== null} />
        </td>
      ) : null}
    </tr>
  );
}

/** The series as it is judged, two hours on each side: with what was usual behind it. */
function chartAround({ name, metricKind, metadata, at }: Listed): string {
  const matchers = Object.entries(metadata).map(([label, value]) => ({
    label,
    op: "=" as const,
    value: String(value),
  }));
  const side = 2 * 3_600_000;
  const panel = panelOf({ name, agg: firstAggregate([metricKind]), matchers, by: undefined });
  return `/explore?${writeAddress({
    ...readAddress(""),
    panels: [panel],
    zoom: { from: minute(at.getTime() - side), to: minute(at.getTime() + side) },
  })}`;
}

const minute = (ms: number): number => Math.floor(ms / 60_000) * 60_000;
