import { formatValue } from "@/lib/core/format";
import { seriesStyle } from "./chart-series-style";
import type { TimeChartProps } from "./chart-types";

/** Legend and readout in one: each series with its value at the cursor, or the newest one. A single series needs no legend. */
export function ChartLegend({
  series,
  unit,
  index,
}: {
  series: TimeChartProps["series"];
  unit: string;
  index: number;
}) {
  return (
    <ul aria-hidden className="flex flex-wrap justify-end gap-x-4 gap-y-1 text-xs text-muted">
      {series.map(({ label, values }, place) => {
        const style = seriesStyle(place);
        const value = values[index];
        return (
          <li key={label} className="flex items-center gap-1.5 whitespace-nowrap">
            {series.length > 1 ? (
              <>
                <svg width="16" height="4" className={style.stroke}>
                  <path d="M0 2h16" strokeWidth="2" strokeDasharray={style.dash} />
                </svg>
                {label}
              </>
            ) : null}
            <span className="min-w-12 text-right font-medium text-ink">
              {value === null || value === undefined ? "–" : formatValue(value, unit)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
