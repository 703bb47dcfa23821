import { Card } from "@/app/_components/card";
import type { MonthFigures } from "@/lib/incidents/figures/incident-figures";
import { monthName, spanWords } from "./describe";

interface Bar {
  label: string;
  value: number;
  /** A mark above the bar. */
  mark?: number;
  words: string;
}

/** How many incidents each month, and how long they took. The table below says the same in numbers. */
export function MonthChart({ months }: { months: readonly MonthFigures[] }) {
  const name = ({ month }: MonthFigures) => monthName(month);
  const counts = months.map((month) => ({ label: name(month), value: month.count, words: String(month.count) }));
  const spans = months.map((month) => ({
    label: name(month),
    value: month.resolve.median ?? 0,
    mark: month.resolve.p90 ?? 0,
    words: month.resolve.median === null ? "" : spanWords(month.resolve.median),
  }));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 xl:grid-cols-2">
      <Card title="Incidents by month" description="By the month in which they started.">
        <Bars bars={counts} toWords={String} />
      </Card>
      <Card title="Time to resolve by month" description="The bar is the median, the line above it p90.">
        <Bars bars={spans} toWords={spanWords} />
      </Card>
    </div>
  );
}

/** So many names of months fit beside one another on a phone. */
const NAMED = 6;

/** Columns from zero, drawn by the server. Decoration for the eye: the numbers stand in the table. */
function Bars({ bars, toWords }: { bars: readonly Bar[]; toWords: (value: number) => string }) {
  const top = Math.max(...bars.map(({ value, mark = 0 }) => Math.max(value, mark)));
  const percent = (value: number) => (top === 0 ? 0 : (100 * value) / top);
  const every = Math.ceil(bars.length / NAMED);
  const isNamed = (index: number) => index % every === (bars.length - 1) % every;
  return (
    <div aria-hidden>
      <p className="border-b border-dashed border-line pb-0.5 text-xs text-muted">{top === 0 ? "" : toWords(top)}</p>
      <div className="flex h-40 items-end gap-1 border-b border-line-strong sm:gap-2">
        {bars.map(({ label, value, mark = 0, words }) => (
          <div key={label} title={words ? `${label}: ${words}` : label} className="relative h-full min-w-0 flex-1">
            <div
              style={{ height: `${percent(value)}%` }}
              className="absolute inset-x-0 bottom-0 mx-auto max-w-10 rounded-t-sm bg-accent"
            />
            {mark > 0 ? (
              <div
                style={{ bottom: `${percent(mark)}%` }}
                className="absolute inset-x-0 mx-auto h-0.5 max-w-12 bg-ink"
              />
            ) : null}
          </div>
        ))}
      </div>
      <div className="mt-1 flex h-8 gap-1 text-xs text-muted sm:gap-2">
        {bars.map(({ label, words }, index) => (
          <p key={label} className="flex min-w-0 flex-1 flex-col items-center whitespace-nowrap">
            {isNamed(index) ? <span>{label.slice(0, 3)}</span> : null}
            {every === 1 ? <span className="text-ink">{words}</span> : null}
          </p>
        ))}
      </div>
    </div>
  );
}
