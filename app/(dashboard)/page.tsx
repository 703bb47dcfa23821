import type { Metadata } from "next";
import { Suspense } from "react";
import { RangePicker } from "@/app/_components/range-picker";
import { ChartsSection } from "./_overview/charts-section";
import { ChecksSection } from "./_overview/checks-section";
import { PinnedSection } from "./_overview/pinned-section";
import { ChartsSkeleton } from "./_overview/skeletons";

export const metadata: Metadata = { title: { absolute: "Watchkeeper" } };

/** Is everything all right? Then the checks, worst first; then how it has been. The charts stream in on their own. */
export default function OverviewPage({ searchParams }: { searchParams: Promise<{ range?: string | string[] }> }) {
  return (
    <div className="grid gap-8">
      <ChecksSection />
      <section aria-labelledby="history">
        <div className="mb-4 flex items-center justify-between gap-4">
          <h2 id="history" className="text-base font-semibold tracking-tight text-ink">
            How it has been
          </h2>
          <div className="md:hidden">
            <RangePicker />
          </div>
        </div>
        <Suspense fallback={<ChartsSkeleton />}>
          <ChartsSection searchParams={searchParams} />
        </Suspense>
      </section>
      <Suspense fallback={null}>
        <PinnedSection searchParams={searchParams} />
      </Suspense>
    </div>
  );
}
