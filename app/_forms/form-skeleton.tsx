/** The place of a form or a list while it loads. */
export function FormSkeleton({ fields }: { fields: number }) {
  return (
    <div role="status" className="grid max-w-2xl gap-5 rounded-lg border border-line bg-surface p-4">
      <span className="sr-only">Loading</span>
      {Array.from({ length: fields }, (_, index) => (
        <div key={index} className="grid gap-2">
          <div className="skeleton h-4 w-32" />
          <div className="skeleton h-9 w-full" />
        </div>
      ))}
    </div>
  );
}
