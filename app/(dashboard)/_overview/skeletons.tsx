/** Stand-ins of the same size as what they stand for: nothing jumps when it comes. */
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

export function ChartsSkeleton() {
  return (
    <div aria-hidden className="grid gap-4 xl:grid-cols-2">
      {times(6).map((index) => (
        <div key={index} className="skeleton h-[268px] rounded-lg" />
      ))}
    </div>
  );
}
