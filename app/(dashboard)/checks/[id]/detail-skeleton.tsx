/** The parts of a check's page while they load, each as tall as the real one. */
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
