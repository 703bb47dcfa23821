import { PageHeader } from "@/app/_components/page-header";

/** The place of a form while it loads. */
export function FormSkeleton({ title, fields }: { title?: string; fields: number }) {
  return (
    <>
      {title ? <PageHeader title={title} /> : null}
      <div role="status" className="grid max-w-2xl gap-5 rounded-lg border border-line bg-surface p-4">
        <span className="sr-only">Loading</span>
        {Array.from({ length: fields }, (_, index) => (
          <div key={index} className="grid gap-2">
            <div className="skeleton h-4 w-32" />
            <div className="skeleton h-9 w-full" />
          </div>
        ))}
      </div>
    </>
  );
}
