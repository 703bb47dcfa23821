"use client";

import { useMemo, useState, type ReactNode } from "react";
import { useCursorIndex } from "./chart-cursor";
import { indexAt, verticalAxis } from "./chart-geometry";
import { ChartLegend } from "./chart-legend";
import { ChartMarkLinks } from "./chart-mark-links";
import type { TimeSpan } from "./chart-selection";
import { ChartSurface } from "./chart-surface";
import { ChartTable } from "./chart-table";
import type { TimeChartProps } from "./chart-types";
import { useZone } from "./zone";

interface ChartBodyProps {
  chart: TimeChartProps;
  /** Stands at the left of the legend. */
  heading?: ReactNode;
  /** Called with what was selected on the time axis; without it nothing can be. */
  onSelect?: (span: TimeSpan) => void;
  /** A double click, or Escape on the chart. */
  onReset?: () => void;
  /** Stands beside the link to the table. */
  foot?: ReactNode;
}

/** More than so many series have their legend on a line of its own. */
const BESIDE = 3;

/** A chart without a frame: legend, plot, table. */
export function ChartBody({ chart: given, heading, onSelect, onReset, foot }: ChartBodyProps) {
  const zone = useZone();
  const chart = useMemo(() => withWholeFirstBucket(given), [given]);
  const [only, setOnly] = useState<string | null>(null);
  const place = chart.series.findIndex(({ label }) => label === only);
  const alone = place === -1 ? null : place;
  const count = Math.max(...chart.series.map(({ values }) => values.length), 0);
  const cursor = useCursorIndex((time) => indexAt(time, chart, count));
  const axis = useMemo(
    () =>
      verticalAxis(
        alone === null ? chart.series : chart.series.slice(alone, alone + 1),
        chart.thresholds ?? [],
        chart.max,
      ),
    [chart.series, chart.thresholds, chart.max, alone],
  );
  const filled = chart.series.some(({ values, before = [] }) => [values, before].some((each) => each.some(isValue)));
  const newest = newestIndex(chart.series, count);
  const legend = filled ? (
    <ChartLegend
      series={chart.series}
      unit={chart.unit}
      beforeLabel={chart.beforeLabel}
      index={cursor ?? newest}
      only={alone}
      onOnly={(next) => setOnly(next === null ? null : (chart.series[next]?.label ?? null))}
    />
  ) : null;
  const isBeside = chart.series.length <= BESIDE;
  const height = chart.height ?? 152;
  return (
    <>
      {heading || (isBeside && legend) ? (
        <figcaption className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          {heading ?? <span />}
          {isBeside ? legend : null}
        </figcaption>
      ) : null}
      {isBeside || !legend ? null : <div className="-mx-1.5 mb-4">{legend}</div>}
      {filled ? (
        <>
          <div style={{ height }} className="relative mb-7 pl-14">
            <ChartSurface
              chart={chart}
              axis={axis}
              zone={zone}
              only={alone}
              index={cursor}
              newest={newest}
              count={count}
              onSelect={onSelect}
              onReset={onReset}
            />
            <ChartMarkLinks chart={chart} />
          </div>
          <ChartTable chart={chart} zone={zone} foot={foot} />
        </>
      ) : (
        <p
          style={{ height: height + 48 }}
          className="grid place-items-center rounded-md bg-sunken px-6 text-center text-xs text-muted"
        >
          {chart.empty ?? "No samples in this range. The first one comes within a minute of the worker's start."}
        </p>
      )}
    </>
  );
}

/** The first bucket is read whole, though the range begins inside it: the axis begins where it does. */
function withWholeFirstBucket(chart: TimeChartProps): TimeChartProps {
  const isEmpty = chart.series.every(({ values }) => values.length === 0);
  return isEmpty || chart.start >= chart.from ? chart : { ...chart, from: chart.start };
}

const isValue = (value: number | null) => value !== null;

function newestIndex(series: TimeChartProps["series"], count: number): number {
  for (let index = count - 1; index >= 0; index--)
    if (series.some(({ values }) => (values[index] ?? null) !== null)) return index;
  return 0;
}
