import { PageHeader } from "@/app/_components/page-header";

/** The list's place while it loads, rows as tall as the real ones. */
export function ListSkeleton() {
  return (
    <>
      <PageHeader title="Checks" />
      <div role="status">
        <span className="sr-only">Loading</span>
        <div className="mb-4 flex gap-2">
          <div className="skeleton h-8 w-16" />
          <div className="skeleton h-8 w-24" />
        </div>
        <div className="skeleton mb-4 h-9 w-full sm:max-w-xs" />
        <div className="divide-y divide-line rounded-lg border border-line bg-surface">
          {Array.from({ length: 8 }, (_, index) => (
            <div key={index} className="flex h-14 items-center gap-4 px-4">
              <div className="skeleton h-6 w-20" />
              <div className="skeleton h-4 flex-1" />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
