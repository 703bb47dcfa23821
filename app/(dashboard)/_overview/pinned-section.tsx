import Link from "next/link";
import { ChartBody } from "@/app/_components/chart-body";
import { rangeOf } from "@/app/_components/ranges";
import { readPinned } from "@/app/_dal/overview-pinned";

/** The charts of saved views that somebody put on the overview; nothing where nobody did. */
export async function PinnedSection({ searchParams }: { searchParams: Promise<{ range?: string | string[] }> }) {
  const charts = await readPinned(rangeOf((await searchParams).range));
  if (charts.length === 0) return null;
  return (
    <section aria-labelledby="pinned">
      <h2 id="pinned" className="mb-4 text-base font-semibold tracking-tight text-ink">
        Pinned views
      </h2>
      <div className="grid gap-4 xl:grid-cols-2">
        {charts.map((pinned) => {
          const heading = (
            <h3 className="text-sm font-semibold text-ink">
              <Link href={pinned.href} prefetch={false} className="rounded-sm hover:underline">
                {pinned.title}
              </Link>
            </h3>
          );
          return (
            <figure key={pinned.key} className="min-w-0 rounded-lg border border-line bg-surface p-4">
              {"chart" in pinned ? (
                <ChartBody chart={pinned.chart} heading={heading} />
              ) : (
                <>
                  {heading}
                  <p className="mt-4 text-sm text-negative">{pinned.problem}</p>
                </>
              )}
            </figure>
          );
        })}
      </div>
    </section>
  );
}
