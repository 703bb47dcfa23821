import Link from "next/link";
import type { ReactNode } from "react";
import { placeMarks } from "./chart-geometry";
import type { ChartMark, TimeChartProps } from "./chart-types";

/** A moment is as wide as this to a pointer. */
const WIDE_PX = 12;

/**
 * What the marks of a chart lead to, for a pointer: a strip over its upper edge, beside the plot, since nothing within a slider
 * can be a link. By the keyboard and for screen readers the same links stand in the chart's table.
 */
export function ChartMarkLinks({ chart }: { chart: TimeChartProps }) {
  return (
    <div aria-hidden className="pointer-events-none absolute -top-2.5 right-0 left-14 h-4">
      {placeMarks(chart.marks ?? [], chart).map(({ mark, left, width }) =>
        mark.href === undefined ? null : (
          <MarkLink
            key={`${mark.from} ${mark.label}`}
            mark={mark}
            tabIndex={-1}
            style={{
              left: `calc(${left * 100}% - ${WIDE_PX / 2}px)`,
              width: `calc(${width * 100}% + ${WIDE_PX}px)`,
            }}
            className="pointer-events-auto absolute inset-y-0 rounded-sm hover:bg-ink/15"
          />
        ),
      )}
    </div>
  );
}

interface MarkLinkProps {
  mark: ChartMark;
  className: string;
  style?: { left: string; width: string };
  tabIndex?: -1;
  children?: ReactNode;
}

/** Where a mark leads; elsewhere in a tab of its own. Its words alone where it leads nowhere. */
export function MarkLink({ mark: { href, label }, children, ...rest }: MarkLinkProps) {
  if (href === undefined) return <>{children}</>;
  const title = children === undefined ? label : undefined;
  return href.startsWith("/") ? (
    <Link href={href} prefetch={false} title={title} {...rest}>
      {children}
    </Link>
  ) : (
    <a href={href} target="_blank" rel="noreferrer" title={title} {...rest}>
      {children}
    </a>
  );
}
