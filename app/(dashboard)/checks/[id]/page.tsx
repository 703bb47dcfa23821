import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { PageHeader } from "@/app/_components/page-header";
import { type CheckDetail, readCheck } from "@/app/_dal/check";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { rangeOf } from "@/app/_components/ranges";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { formatDuration } from "@/lib/core/format";
import { CheckActions } from "./check-actions";
import { CheckFacts } from "./check-facts";
import { HistorySkeleton, ResultsSkeleton } from "./detail-skeleton";
import { HistorySection } from "./history-section";
import { OpenAlerts } from "./open-alerts";
import { ResultList } from "./result-list";
import { StateLine } from "./state-line";

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await readCheck((await params).id)).label };
}

/** The check itself comes with the page; its history and results stream in on their own. */
export default async function CheckPage({ params, searchParams }: PageProps) {
  const check = await readCheck((await params).id);
  const { range, cursor } = await searchParams;
  return (
    <>
      <PageHeader
        title={check.label}
        description={describe(check)}
        above={<Link href="/checks">Checks</Link>}
        actions={
          check.mayEdit ? (
            <CheckActions id={check.id} paused={check.pausedAt !== null} editable={check.origin === "database"} />
          ) : undefined
        }
      />
      <div className="grid gap-6">
        <StateLine check={check} />
        <Suspense fallback={null}>
          <OpenAlerts checkId={check.id} />
        </Suspense>
        <Suspense fallback={<HistorySkeleton />}>
          <HistorySection check={check} range={rangeOf(range)} />
        </Suspense>
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Suspense fallback={<ResultsSkeleton />}>
            <ResultList check={check} cursor={firstOf(cursor)} range={firstOf(range)} />
          </Suspense>
          <CheckFacts check={check} />
        </div>
      </div>
    </>
  );
}

function describe({ type, intervalSeconds, origin }: CheckDetail): string {
  const parts = [CHECK_TYPES.get(type)?.label ?? type, `every ${formatDuration(intervalSeconds)}`];
  return [...parts, ...(origin === "file" ? ["from monitoring.config.ts, read-only"] : [])].join(" · ");
}
