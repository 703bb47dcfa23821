import { PageHeader } from "@/app/_components/page-header";

/** The place of the page while it loads: one chart with its query. */
export function ExplorerSkeleton() {
  return (
    <>
      <PageHeader title="Explore" />
      <div role="status">
        <span className="sr-only">Loading</span>
        <div className="skeleton mb-4 h-8 w-80 max-w-full" />
        <div className="rounded-lg border border-line bg-surface p-4">
          <div className="skeleton mb-3 h-8 w-48" />
          <div className="skeleton mb-4 h-8 w-full max-w-2xl" />
          <div className="skeleton h-[248px] w-full" />
        </div>
      </div>
    </>
  );
}
