"use client";

import type { TimeChartProps } from "./chart-types";

export function TimeChart({ title, height = 176 }: TimeChartProps) {
  return <figure aria-label={title} style={{ height }} />;
}
