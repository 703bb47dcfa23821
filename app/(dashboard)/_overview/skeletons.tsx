/** Stand-ins of the same size as what they stand for: nothing jumps when it comes. */
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

export function ChecksSkeleton() {
  return (
    <div aria-hidden>
      <div className="skeleton h-[62px] rounded-lg" />
      <div className="mt-6 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {times(4).map((index) => (
          <div key={index} className="skeleton h-[166px] rounded-lg" />
        ))}
      </div>
    </div>
  );
}

export function ChartsSkeleton() {
  return (
    <div aria-hidden className="grid gap-4 xl:grid-cols-2">
      {times(6).map((index) => (
        <div key={index} className="skeleton h-[268px] rounded-lg" />
      ))}
    </div>
  );
}
