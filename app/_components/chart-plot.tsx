import { memo } from "react";
import { formatValue } from "@/lib/core/format";
import { classNames } from "./class-names";
import {
  bandPath,
  extentOf,
  fractionOf,
  groundPath,
  HEIGHT,
  heightOf,
  seriesPaths,
  timeTicks,
  WIDTH,
  type VerticalAxis,
} from "./chart-geometry";
import { seriesStyle } from "./chart-series-style";
import type { ChartMark, ChartSeries, TimeChartProps } from "./chart-types";

interface ChartPlotProps {
  chart: TimeChartProps;
  /** The place of the one series that is drawn; null draws all. */
  only: number | null;
  axis: VerticalAxis;
  zone: string;
}

const MARKS = {
  negative: "fill-negative-mark",
  caution: "fill-caution-mark",
  info: "fill-info",
} as const;

/** What is usual: behind the line, in no colour that a line has. */
export const USUAL = "fill-ink/10 stroke-none";

const LINE = {
  fill: "none",
  vectorEffect: "non-scaling-stroke",
  strokeLinejoin: "round",
  strokeLinecap: "round",
} as const;
const percent = (fraction: number) => `${(fraction * 100).toFixed(2)}%`;

/**
 * The drawing itself: stretched SVG for lines, text beside it in place by percent, so that no width must be measured. It is a
 * layer of its own, so that the cursor moving over it does not draw thousands of points again.
 */
export const ChartPlot = memo(function ChartPlot({ chart, only, axis, zone }: ChartPlotProps) {
  const { series, thresholds = [], marks = [], unit } = chart;
  const y = (value: number) => HEIGHT - heightOf(value, axis) * HEIGHT;
  const shown = thresholds.filter(({ value }) => value <= axis.top);
  const beyond = thresholds.filter(({ value }) => value > axis.top);
  return (
    <>
      <svg
        aria-hidden
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible will-change-transform"
      >
        {axis.ticks.map((value) => (
          <path
            key={value}
            d={`M0 ${y(value)}H${WIDTH}`}
            className={value === 0 ? "stroke-line-strong" : "stroke-line"}
            strokeWidth={1}
            {...LINE}
          />
        ))}
        {marks.map((mark) => (
          <Mark key={`${mark.from} ${mark.label}`} mark={mark} chart={chart} />
        ))}
        {series.map((one, index) =>
          only === null || only === index ? (
            <Line
              key={one.label}
              series={one}
              place={index}
              chart={chart}
              axis={axis}
              withGround={series.length === 1 || only === index}
            />
          ) : null,
        )}
        {shown.map(({ value, label }) => (
          <path
            key={label}
            d={`M0 ${y(value)}H${WIDTH}`}
            className="stroke-negative"
            strokeWidth={1}
            strokeDasharray="3 3"
            {...LINE}
          />
        ))}
      </svg>
      {axis.ticks.map((value) => (
        <span
          key={value}
          aria-hidden
          style={{ top: percent(y(value) / HEIGHT) }}
          className="absolute right-full mr-2 -translate-y-1/2 text-xs whitespace-nowrap text-muted"
        >
          {formatValue(value, unit)}
        </span>
      ))}
      {shown.map(({ value, label }) => (
        <span
          key={label}
          aria-hidden
          style={{ bottom: percent(heightOf(value, axis)) }}
          className="absolute left-1 mb-px text-xs text-negative [text-shadow:0_0_2px_var(--surface),0_0_2px_var(--surface),0_0_4px_var(--surface)]"
        >
          {label}
        </span>
      ))}
      {beyond.length > 0 ? (
        <span aria-hidden className="absolute top-0.5 left-1 text-xs text-muted">
          ↑ {beyond.map(({ label }) => label).join(", ")}
        </span>
      ) : null}
      <TimeAxis chart={chart} zone={zone} />
    </>
  );
});

/** A band with a bar on top; a deploy, which is one of many, a thin line that stands back behind what it may have changed. */
function Mark({ mark, chart }: { mark: ChartMark; chart: TimeChartProps }) {
  if (mark.kind === "deploy") {
    const x = fractionOf(mark.from, chart) * WIDTH;
    return <path d={`M${x} -3V${HEIGHT}`} className="stroke-info" strokeWidth={1} strokeDasharray="2 3" {...LINE} />;
  }
  const extent = extentOf(mark, chart);
  if (!extent) return null;
  const left = extent.left * WIDTH;
  const width = Math.max(extent.width * WIDTH, 1.5);
  return (
    <g className={MARKS[mark.tone]}>
      <rect x={left} y={0} width={width} height={HEIGHT} opacity={0.08} />
      <rect x={left} y={-3} width={width} height={3} />
    </g>
  );
}

interface LineProps {
  series: ChartSeries;
  place: number;
  chart: TimeChartProps;
  axis: VerticalAxis;
  withGround: boolean;
}

function Line({ series: { values, before, usual }, place, chart, axis, withGround }: LineProps) {
  const paths = seriesPaths(values, chart, axis);
  const earlier = before && seriesPaths(before, chart, axis);
  const { stroke, fill, dash } = seriesStyle(place, chart.series.length);
  return (
    <g className={classNames("fill-none", stroke)}>
      {usual ? <path d={bandPath(usual, chart, axis)} className={USUAL} /> : null}
      {earlier ? (
        <g opacity={0.4}>
          <path d={earlier.line + earlier.partial} className="fill-none" strokeWidth={1.25} {...LINE} />
          <path d={earlier.dots} strokeWidth={4} {...LINE} />
        </g>
      ) : null}
      {withGround && !usual ? (
        <path d={groundPath(values, chart, axis)} className={classNames(fill, "stroke-none")} opacity={0.08} />
      ) : null}
      <path d={paths.line} strokeWidth={1.5} strokeDasharray={dash} {...LINE} />
      <path d={paths.dots} strokeWidth={5} {...LINE} />
      <path d={paths.partial} strokeWidth={1.5} strokeDasharray="1 3" opacity={0.8} {...LINE} />
    </g>
  );
}

function TimeAxis({ chart, zone }: { chart: TimeChartProps; zone: string }) {
  const ticks = timeTicks(chart, zone, 6).filter(
    ({ at }) => fractionOf(at, chart) > 0.03 && fractionOf(at, chart) < 0.97,
  );
  return ticks.map(({ at, label }, index) => (
    <span
      key={at}
      aria-hidden
      style={{ left: percent(fractionOf(at, chart)) }}
      className={classNames(
        "absolute top-full mt-1.5 -translate-x-1/2 text-xs whitespace-nowrap text-muted",
        index % 2 === 1 && ticks.length > 4 && "hidden sm:inline",
      )}
    >
      {label}
    </span>
  ));
}
