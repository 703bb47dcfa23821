"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { setCursor } from "./chart-cursor";
import { fractionOf, hasPartialEnd, heightOf, indexAt, marksAt, timeOf, type VerticalAxis } from "./chart-geometry";
import { formatOrNone, usualRange } from "./chart-legend";
import { ChartPlot } from "./chart-plot";
import { selectedSpan, type TimeSpan, useSelection } from "./chart-selection";
import { seriesStyle } from "./chart-series-style";
import type { TimeChartProps } from "./chart-types";
import { shortTime } from "./time-format";

interface SurfaceProps {
  chart: TimeChartProps;
  axis: VerticalAxis;
  zone: string;
  only: number | null;
  /** The point under the cursor. */
  index: number | null;
  newest: number;
  count: number;
  onSelect?: (span: TimeSpan) => void;
  onReset?: () => void;
}

/** So many marks under the cursor are told; at a wide step a point may have dozens. */
const SHOWN_MARKS = 3;

const percent = (fraction: number) => `${Math.max(0, Math.min(fraction, 1)) * 100}%`;

/** The plot as a slider: the pointer or the arrow keys move the cursor through its points, a drag or Shift with them selects. */
export function ChartSurface({ chart, axis, zone, only, index, newest, count, onSelect, onReset }: SurfaceProps) {
  const shown = index ?? newest;
  const timeAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const fraction = Math.max(0, Math.min((event.clientX - box.left) / box.width, 1));
    return chart.from + fraction * (chart.to - chart.from);
  };
  const { selection, setSelection, handlers } = useSelection(timeAt, onSelect);
  const point = (event: PointerEvent<HTMLDivElement>) => setCursor(timeOf(indexAt(timeAt(event), chart, count), chart));
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Enter" && selection && onSelect) {
      const span = selectedSpan(selection.from, selection.to);
      setSelection(null);
      if (span) onSelect(span);
    }
    if (event.key === "Escape") {
      setCursor(null);
      if (!selection) onReset?.();
      setSelection(null);
    }
    const target = targetOf(event.key, shown, count);
    if (target === undefined) return;
    event.preventDefault();
    const time = timeOf(Math.min(Math.max(target, 0), count - 1), chart);
    if (onSelect) setSelection(event.shiftKey ? { from: selection?.from ?? timeOf(shown, chart), to: time } : null);
    setCursor(time);
  };
  const time = timeOf(shown, chart);
  const marks = index === null ? [] : marksAt(chart, time);
  const told = marks.slice(0, SHOWN_MARKS).map(({ label }) => label);
  if (marks.length > SHOWN_MARKS) told.push(`and ${marks.length - SHOWN_MARKS} more`);
  const usual = usualRange(chart.series[0]?.usual, shown, chart.unit);
  const values = chart.series
    .filter((_, place) => only === null || only === place)
    .map(({ label, values: own, before }) =>
      [
        `${label} ${formatOrNone(own[shown], chart.unit)}`,
        ...(before ? [`${chart.beforeLabel ?? "before"} ${formatOrNone(before[shown], chart.unit)}`] : []),
        ...(usual ? [`usual ${usual}`] : []),
      ].join(", "),
    )
    .join("; ");
  const partial = index === count - 1 && hasPartialEnd(chart, count);
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${chart.title}, by time`}
      aria-valuemin={0}
      aria-valuemax={Math.max(count - 1, 0)}
      aria-valuenow={shown}
      aria-valuetext={`${shortTime(time, zone, chart.to)}: ${values}${told.map((text) => `, ${text}`).join("")}${selection ? `; selected from ${shortTime(selection.from, zone, chart.to)}, Enter zooms in` : ""}`}
      className="relative h-full cursor-crosshair touch-pan-y rounded-sm select-none"
      onPointerMove={(event) => {
        point(event);
        handlers.onPointerMove(event);
      }}
      onPointerDown={(event) => {
        point(event);
        handlers.onPointerDown(event);
      }}
      onPointerUp={handlers.onPointerUp}
      onPointerCancel={handlers.onPointerCancel}
      onPointerLeave={() => setCursor(null)}
      onDoubleClick={onReset}
      onBlur={() => {
        setCursor(null);
        setSelection(null);
      }}
      onKeyDown={press}
    >
      <ChartPlot chart={chart} only={only} axis={axis} zone={zone} />
      {selection ? (
        <div
          aria-hidden
          style={{
            left: percent(fractionOf(Math.min(selection.from, selection.to), chart)),
            right: percent(1 - fractionOf(Math.max(selection.from, selection.to), chart)),
          }}
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/15"
        />
      ) : null}
      {index === null ? null : (
        <div
          aria-hidden
          style={{ left: percent(fractionOf(time, chart)) }}
          className="pointer-events-none absolute inset-y-0 w-px bg-ink/40"
        >
          {chart.series.map(({ label, values: own }, place) => {
            const value = own[index];
            return value === null || value === undefined || (only !== null && only !== place) ? null : (
              <span
                key={label}
                style={{ bottom: percent(heightOf(value, axis)) }}
                className={`absolute -left-1 size-2 translate-y-1/2 rounded-full ring-2 ring-surface ${seriesStyle(place, chart.series.length).dot}`}
              />
            );
          })}
          <span
            style={{ transform: `translateX(-${percent(fractionOf(time, chart))})` }}
            className="absolute top-full left-0 z-10 mt-1 w-max max-w-64 rounded-sm bg-ink px-1.5 py-0.5 text-xs text-canvas"
          >
            {shortTime(time, zone, chart.to)}
            {partial ? ", so far" : ""}
            {usual ? ` · usual ${usual}` : ""}
            {told.map((text) => (
              <span key={text} className="block">
                {text}
              </span>
            ))}
          </span>
        </div>
      )}
    </div>
  );
}

/** Where a key moves the cursor. */
function targetOf(key: string, shown: number, count: number): number | undefined {
  return {
    ArrowLeft: shown - 1,
    ArrowRight: shown + 1,
    PageUp: shown - 10,
    PageDown: shown + 10,
    Home: 0,
    End: count - 1,
  }[key];
}
