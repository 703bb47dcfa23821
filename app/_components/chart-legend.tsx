import { formatRange, formatValue } from "@/lib/core/format";
import { USUAL } from "./chart-plot";
import { classNames } from "./class-names";
import { seriesStyle } from "./chart-series-style";
import type { ChartSeries, UsualBand } from "./chart-types";

interface ChartLegendProps {
  series: readonly ChartSeries[];
  unit: string;
  /** What stands in brackets, and is drawn paler, e.g. "a week before". */
  beforeLabel: string | undefined;
  /** The point whose values are shown. */
  index: number;
  /** The place of the one series that is drawn; null: all. */
  only: number | null;
  onOnly: (place: number | null) => void;
}

/**
 * Legend and readout in one: each series with its value at the cursor, or the newest one. A click draws that series alone, a
 * second one all again. A single series needs no legend, only its value.
 */
export function ChartLegend({ series, unit, beforeLabel, index, only, onOnly }: ChartLegendProps) {
  if (series.length === 1)
    return (
      <p aria-hidden className="flex flex-wrap items-center gap-x-3 text-xs">
        {series[0]?.usual ? <Usual /> : null}
        <span>
          <Value series={series[0]} unit={unit} index={index} />
          {beforeLabel && series[0]?.before ? <Before label={beforeLabel} /> : null}
        </span>
      </p>
    );
  return (
    <ul className="flex max-h-24 flex-wrap gap-x-1 gap-y-0.5 overflow-y-auto text-xs">
      {series.map((one, place) => {
        const { stroke, dash } = seriesStyle(place, series.length);
        return (
          <li key={one.label} className="max-w-full">
            <button
              type="button"
              aria-pressed={only === place}
              aria-label={`Only ${one.label}`}
              onClick={() => onOnly(only === place ? null : place)}
              className={classNames(
                "flex max-w-full cursor-pointer items-center gap-1.5 rounded-sm px-1.5 py-0.5 text-muted hover:bg-sunken hover:text-ink",
                only === place && "bg-sunken",
                only !== null && only !== place && "line-through",
              )}
            >
              <svg aria-hidden width="20" height="4" className={classNames("shrink-0", stroke)}>
                <path d="M0 2h20" strokeWidth="2" strokeDasharray={dash} />
              </svg>
              <span className="truncate">{one.label}</span>
              <Value series={one} unit={unit} index={index} />
            </button>
          </li>
        );
      })}
      {beforeLabel && series.some(({ before }) => before) ? (
        <li className="px-1.5 py-0.5">
          <Before label={beforeLabel} />
        </li>
      ) : null}
    </ul>
  );
}

function Before({ label }: { label: string }) {
  return <span className="text-muted"> paler, in brackets: {label}</span>;
}

function Usual() {
  return (
    <span className="flex items-center gap-1.5 text-muted">
      <svg width="16" height="10" className="shrink-0">
        <rect width="16" height="10" rx="2" className={USUAL} />
      </svg>
      usual range
    </span>
  );
}

function Value({ series, unit, index }: { series: ChartSeries | undefined; unit: string; index: number }) {
  const before = series?.before?.[index];
  return (
    <span className="min-w-12 text-right whitespace-nowrap">
      <span className="font-medium text-ink">{formatOrNone(series?.values[index], unit, "–")}</span>
      {series?.before ? <span className="text-muted"> ({formatOrNone(before, unit, "–")})</span> : null}
    </span>
  );
}

/** A value in its unit, or what stands for none. */
export function formatOrNone(value: number | null | undefined, unit: string, none = "no data"): string {
  return value === null || value === undefined ? none : formatValue(value, unit);
}

/** "120-180 ms"; undefined where it is not known what is usual. */
export function usualRange(usual: UsualBand | undefined, index: number, unit: string): string | undefined {
  const low = usual?.low[index] ?? null;
  const high = usual?.high[index] ?? null;
  return low === null || high === null ? undefined : formatRange(low, high, unit);
}
