"use client";

import { useMemo, type KeyboardEvent, type PointerEvent } from "react";
import { formatValue } from "@/lib/core/format";
import { setCursor, useCursorIndex } from "./chart-cursor";
import { fractionOf, hasPartialEnd, indexAt, verticalAxis, type VerticalAxis } from "./chart-geometry";
import { ChartLegend } from "./chart-legend";
import { ChartPlot } from "./chart-plot";
import { seriesStyle } from "./chart-series-style";
import { ChartTable } from "./chart-table";
import type { TimeChartProps } from "./chart-types";
import { shortTime } from "./time-format";
import { useZone } from "./zone";

/**
 * A line chart over time: drawn by the server at first paint, with one cursor shared by all charts of the page.
 * Zero based, gaps stay gaps, the newest unfinished point is dotted, thresholds and incidents are drawn, and a table stands behind it.
 */
export function TimeChart(chart: TimeChartProps) {
  const zone = useZone();
  const count = Math.max(...chart.series.map(({ values }) => values.length), 0);
  const cursor = useCursorIndex((time) => indexAt(time, chart, count));
  const axis = useMemo(
    () => verticalAxis(chart.series, chart.thresholds ?? [], chart.max),
    [chart.series, chart.thresholds, chart.max],
  );
  const filled = chart.series.some(({ values }) => values.some((value) => value !== null));
  const newest = newestIndex(chart.series, count);
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <figcaption className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="text-sm font-semibold text-ink">{chart.title}</h3>
        {filled ? <ChartLegend series={chart.series} unit={chart.unit} index={cursor ?? newest} /> : null}
      </figcaption>
      {filled ? (
        <>
          <div style={{ height: chart.height ?? 152 }} className="mb-7 pl-14">
            <Surface chart={chart} axis={axis} zone={zone} index={cursor} newest={newest} count={count} />
          </div>
          <ChartTable chart={chart} zone={zone} />
        </>
      ) : (
        <p
          style={{ height: (chart.height ?? 152) + 48 }}
          className="grid place-items-center rounded-md bg-sunken px-6 text-center text-xs text-muted"
        >
          {chart.empty ?? "No samples in this range. The first one comes within a minute of the worker's start."}
        </p>
      )}
    </figure>
  );
}

function newestIndex(series: TimeChartProps["series"], count: number): number {
  for (let index = count - 1; index >= 0; index--)
    if (series.some(({ values }) => values[index] !== null)) return index;
  return 0;
}

interface SurfaceProps {
  chart: TimeChartProps;
  axis: VerticalAxis;
  zone: string;
  index: number | null;
  newest: number;
  count: number;
}

/** The plot as a slider: the pointer or the arrow keys move the cursor through its points. */
function Surface({ chart, axis, zone, index, newest, count }: SurfaceProps) {
  const timeOf = (point: number) => chart.start + point * chart.step;
  const shown = index ?? newest;
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setCursor(
      timeOf(indexAt(chart.from + ((event.clientX - box.left) / box.width) * (chart.to - chart.from), chart, count)),
    );
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = {
      ArrowLeft: shown - 1,
      ArrowRight: shown + 1,
      PageUp: shown - 10,
      PageDown: shown + 10,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (event.key === "Escape") setCursor(null);
    if (target === undefined) return;
    event.preventDefault();
    setCursor(timeOf(Math.min(Math.max(target, 0), count - 1)));
  };
  const values = chart.series
    .map(({ label, values }) => `${label} ${formatOrNone(values[shown], chart.unit)}`)
    .join(", ");
  const mark = chart.marks?.find(
    ({ from, to }) => index !== null && from <= timeOf(index) && timeOf(index) <= (to ?? chart.to),
  );
  const partial = index === count - 1 && hasPartialEnd(chart, count);
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${chart.title}, by time`}
      aria-valuemin={0}
      aria-valuemax={Math.max(count - 1, 0)}
      aria-valuenow={shown}
      aria-valuetext={`${shortTime(timeOf(shown), zone, chart.to)}: ${values}${mark ? `, ${mark.label}` : ""}`}
      className="relative h-full cursor-crosshair touch-pan-y rounded-sm"
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setCursor(null)}
      onBlur={() => setCursor(null)}
      onKeyDown={press}
    >
      <ChartPlot chart={chart} axis={axis} zone={zone} />
      {index === null ? null : (
        <div
          aria-hidden
          style={{ left: `${Math.max(0, Math.min(fractionOf(timeOf(index), chart), 1)) * 100}%` }}
          className="pointer-events-none absolute inset-y-0 w-px bg-ink/40"
        >
          {chart.series.map(({ label, values }, place) => {
            const value = values[index];
            return value === null || value === undefined ? null : (
              <span
                key={label}
                style={{ bottom: `${(Math.min(value, axis.top) / axis.top) * 100}%` }}
                className={`absolute -left-1 size-2 translate-y-1/2 rounded-full ring-2 ring-surface ${seriesStyle(place).dot}`}
              />
            );
          })}
          <span
            className={`absolute top-full mt-1 rounded-sm bg-ink px-1.5 py-0.5 text-xs whitespace-nowrap text-canvas ${fractionOf(timeOf(index), chart) > 0.5 ? "right-0 translate-x-4" : "left-0 -translate-x-4"}`}
          >
            {shortTime(timeOf(index), zone, chart.to)}
            {partial ? ", so far" : ""}
            {mark ? ` · ${mark.label}` : ""}
          </span>
        </div>
      )}
    </div>
  );
}

function formatOrNone(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? "no data" : formatValue(value, unit);
}
