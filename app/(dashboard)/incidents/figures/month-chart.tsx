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
        <Bars bars={counts} />
      </Card>
      <Card title="Time to resolve by month" description="The bar is the median, the line above it p90.">
        <Bars bars={spans} />
      </Card>
    </div>
  );
}

const HEIGHT = "h-40";

/** Columns from zero, drawn by the server. Decoration for the eye: the numbers stand in the table. */
function Bars({ bars }: { bars: readonly Bar[] }) {
  const top = Math.max(...bars.map(({ value, mark = 0 }) => Math.max(value, mark)));
  const percent = (value: number) => (top === 0 ? 0 : (100 * value) / top);
  // With many months every other one has its words.
  const every = Math.ceil(bars.length / 8);
  return (
    <div aria-hidden className="flex items-end gap-1 sm:gap-2">
      {bars.map(({ label, value, mark = 0, words }, index) => (
        <div key={label} title={words ? `${label}: ${words}` : label} className="min-w-0 flex-1">
          <div className={`relative ${HEIGHT} border-b border-line`}>
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
          <p className="mt-1 h-8 text-center text-xs text-muted">
            {index % every === (bars.length - 1) % every ? (
              <>
                <span className="block truncate">{label.split(" ")[0]}</span>
                <span className="block truncate text-ink">{bars.length <= 8 ? words : ""}</span>
              </>
            ) : null}
          </p>
        </div>
      ))}
    </div>
  );
}
