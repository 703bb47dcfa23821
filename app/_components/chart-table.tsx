"use client";

import { Fragment, useState, type ReactNode } from "react";
import { marksAt, timeOf } from "./chart-geometry";
import { formatOrNone, usualRange } from "./chart-legend";
import { MarkLink } from "./chart-mark-links";
import type { TimeChartProps } from "./chart-types";
import { shortTime } from "./time-format";

/** The numbers behind a chart. Its rows exist only while it is open: seven charts of a page would be thousands of cells. */
export function ChartTable({ chart, zone, foot }: { chart: TimeChartProps; zone: string; foot?: ReactNode }) {
  const [open, setOpen] = useState(false);
  const columns = columnsOf(chart);
  const hasMarks = (chart.marks ?? []).length > 0;
  const count = Math.max(...chart.series.map(({ values }) => values.length), 0);
  return (
    <div className="relative">
      <details className="mt-1 text-xs" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-ink">
          Table<span className="sr-only"> of {chart.title}</span>
        </summary>
        {open ? (
          <div
            tabIndex={0}
            role="region"
            aria-label={`Table of ${chart.title}`}
            className="mt-2 max-h-64 overflow-auto rounded-md border border-line"
          >
            <table className="w-full text-left">
              <caption className="sr-only">{chart.title}</caption>
              <thead className="sticky top-0 bg-sunken text-muted">
                <tr>
                  <th scope="col" className="px-3 py-1.5 font-medium">
                    Time
                  </th>
                  {columns.map(({ label }) => (
                    <th key={label} scope="col" className="px-3 py-1.5 text-right font-medium">
                      {label}
                    </th>
                  ))}
                  {hasMarks ? (
                    <th scope="col" className="px-3 py-1.5 font-medium">
                      Happened
                    </th>
                  ) : null}
                </tr>
              </thead>
              <tbody>
                {Array.from({ length: count }, (_, row) => count - 1 - row).map((index) => (
                  <tr key={index} className="border-t border-line">
                    <th scope="row" className="px-3 py-1 font-normal whitespace-nowrap text-muted">
                      {shortTime(timeOf(index, chart), zone, chart.to)}
                    </th>
                    {columns.map(({ label, textAt }) => (
                      <td key={label} className="px-3 py-1 text-right whitespace-nowrap">
                        {textAt(index)}
                      </td>
                    ))}
                    {hasMarks ? (
                      <td className="min-w-40 px-3 py-1">
                        {marksAt(chart, timeOf(index, chart)).map((mark, place) => (
                          <Fragment key={`${mark.from} ${mark.label}`}>
                            {place > 0 ? ", " : null}
                            <MarkLink mark={mark} className="underline underline-offset-2 hover:text-accent">
                              {mark.label}
                            </MarkLink>
                          </Fragment>
                        ))}
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </details>
      {foot ? <div className="absolute top-0 right-0 text-xs">{foot}</div> : null}
    </div>
  );
}

interface Column {
  label: string;
  textAt: (index: number) => string;
}

function columnsOf({ series, unit, beforeLabel = "before" }: TimeChartProps): Column[] {
  const numbers = (label: string, values: readonly (number | null)[]): Column => ({
    label,
    textAt: (index) => formatOrNone(values[index], unit),
  });
  return series.flatMap(({ label, values, before, usual }) => [
    numbers(label, values),
    ...(before ? [numbers(`${label}, ${beforeLabel}`, before)] : []),
    ...(usual
      ? [{ label: "Usual range", textAt: (index: number) => usualRange(usual, index, unit) ?? "not known" }]
      : []),
  ]);
}
