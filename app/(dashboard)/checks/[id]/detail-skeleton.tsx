/** The page of a check while it loads, each part as tall as the real one. */
export function DetailSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <div className="skeleton mb-2 h-4 w-16" />
      <div className="skeleton mb-2 h-7 w-64 max-w-full" />
      <div className="skeleton mb-6 h-5 w-48" />
      <div className="grid gap-6">
        <div className="skeleton h-22 w-full rounded-lg" />
        <HistorySkeleton />
      </div>
    </div>
  );
}

export function HistorySkeleton() {
  return (
    <div aria-hidden className="grid gap-4">
      <div className="skeleton h-18 w-full rounded-lg" />
      <div className="skeleton h-8 w-56" />
      <div className="skeleton h-23 w-full rounded-lg" />
      <div className="skeleton h-[268px] w-full rounded-lg" />
    </div>
  );
}

export function ResultsSkeleton() {
  return (
    <div aria-hidden className="grid gap-4">
      <div className="skeleton h-6 w-24" />
      <div className="skeleton h-96 w-full rounded-lg" />
    </div>
  );
}
