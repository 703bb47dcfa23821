"use client";

import { ProgressBar } from "@tremor/react";

interface MeterProps {
  /** Read out before the value. */
  label: string;
  /** 0 to 100. */
  percent: number;
  /** Marked on the bar; past it the bar is red. */
  limitPercent: number;
}

/** How full something is, with the limit as a tick. */
export function Meter({ label, percent, limitPercent }: MeterProps) {
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className="relative"
    >
      <ProgressBar
        value={percent}
        className={percent > limitPercent ? "[&_.tremor-ProgressBar-progressBar]:bg-negative-mark" : undefined}
      />
      <span
        aria-hidden
        style={{ left: `${limitPercent}%` }}
        className="absolute -inset-y-1 w-0.5 rounded-full bg-negative"
      />
    </div>
  );
}
