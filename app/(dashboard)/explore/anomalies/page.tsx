import { Activity } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { Tabs } from "@/app/_components/tabs";
import { readAnomalies } from "@/app/_dal/anomalies";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";
import { Table } from "@/app/_lists/table";
import { formatValue } from "@/lib/core/format";
import { panelOf, readAddress, writeAddress } from "@/lib/metrics/explorer/address";
import { firstAggregate } from "@/lib/metrics/explorer/fitting-aggregates";
import { ExpectForm } from "./expect-form";

export const metadata: Metadata = { title: "Anomalies" };

const PATH = "/explore/anomalies";
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
  const { show, cursor: given } = await searchParams;
  const all = show === "all";
  const cursor = typeof given === "string" ? given : undefined;
  const { items, next, mayEdit } = await readAnomalies({ show: all ? "all" : "unexpected", cursor });
  const columns = ["When", "Metric", "What was odd", "Value", ...(mayEdit ? ["Expected?"] : [])];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Tabs
        label="Which anomalies"
        current={all ? `${PATH}?show=all` : PATH}
        tabs={[
          { label: "Unexpected", href: PATH },
          { label: "All", href: `${PATH}?show=all` },
        ]}
      />
      {items.length === 0 ? (
        <EmptyState
          icon={Activity}
          title="Nothing odd"
          action={<ButtonLink href="/explore">Explore metrics</ButtonLink>}
        >
          Each series is learned from its own samples: after a day, what leaves the usual band of the hour and the
          weekday is listed here with its reason.
        </EmptyState>
      ) : (
        <Table label="Anomalies" columns={columns}>
          {items.map((anomaly) => (
            <AnomalyRow key={anomaly.id} anomaly={anomaly} mayEdit={mayEdit} />
          ))}
        </Table>
      )}
      <PageLinks path={PATH} query={all ? { show: "all" } : {}} cursor={cursor} next={next} />
    </div>
  );
}

function AnomalyRow({ anomaly, mayEdit }: { anomaly: Listed; mayEdit: boolean }) {
  const { id, name, unit, metadata, at, value, reason, expectedAt, expectedBy } = anomaly;
  const labels = Object.entries(metadata).map(([label, text]) => `${label}=${String(text)}`);
  return (
    <tr className="border-t border-line align-top">
      <td className="px-4 py-3 whitespace-nowrap text-muted">
        <RelativeTime at={at} />
      </td>
      <td className="px-4 py-3">
        <Link href={chartAround(anomaly)} prefetch={false} className="font-medium text-ink hover:underline">
          {name}
        </Link>
        <span className="block text-xs text-muted">{labels.join(", ")}</span>
      </td>
      <td className="min-w-64 px-4 py-3 text-ink">
        {reason}
        {expectedAt ? (
          <span className="block text-xs text-muted">
            Expected{expectedBy ? `, says ${expectedBy}` : ""} <RelativeTime at={expectedAt} />
          </span>
        ) : null}
      </td>
      <td className="px-4 py-3 whitespace-nowrap text-ink tabular-nums">{formatValue(value, unit)}</td>
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
