"use client";

import { ZoomOut } from "lucide-react";
import { Button } from "@/app/_components/button";
import { ExplorerRange } from "@/app/_components/explorer-range";
import { Select } from "@/app/_components/inputs";
import { minuteTime } from "@/app/_components/time-format";
import { useZone } from "@/app/_components/zone";
import type { ExplorerAddress } from "@/lib/metrics/explorer/address";
import { COMPARISONS, keyOf, STEPS } from "@/lib/metrics/explorer/ranges";

interface ToolbarProps {
  address: ExplorerAddress;
  onChange: (part: Partial<ExplorerAddress>) => void;
}

const SMALL = "[&_select]:h-8 [&_select]:text-xs [&_svg]:top-2";
const COMPARED = { week: "Last week", before: "The period before" } as const;
const STEP_WORDS = { "1m": "1 min", "5m": "5 min", "15m": "15 min", "1h": "1 hour", "6h": "6 hours", "1d": "1 day" };

/** What holds for all charts: comparison, step, and the way back from a part that was zoomed in on. */
export function Toolbar({ address, onChange }: ToolbarProps) {
  const zone = useZone();
  const { zoom, range, compare, step, timezone } = address;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      {/* On a wide screen it stands in the top line. */}
      <div className="max-w-full overflow-x-auto md:hidden">
        <ExplorerRange />
      </div>
      <label className="flex items-center gap-2 text-xs text-muted">
        Compare with
        <Select
          value={compare ?? ""}
          onChange={(event) => onChange({ compare: COMPARISONS.find((one) => one === event.target.value) })}
          className={`w-40 ${SMALL}`}
        >
          <option value="">Nothing</option>
          {COMPARISONS.map((one) => (
            <option key={one} value={one}>
              {COMPARED[one]}
            </option>
          ))}
        </Select>
      </label>
      <label className="flex items-center gap-2 text-xs text-muted">
        Step
        <Select
          value={step ?? ""}
          onChange={(event) => {
            const next = keyOf(STEPS, event.target.value);
            onChange({ step: next, timezone: next === "1d" ? zone : undefined });
          }}
          className={`w-28 ${SMALL}`}
        >
          <option value="">Automatic</option>
          {Object.entries(STEP_WORDS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </Select>
        {timezone ? <span>in {timezone}</span> : null}
      </label>
      {zoom ? (
        <div className="flex flex-wrap items-center gap-2 text-xs text-muted">
          <span>
            {minuteTime(zoom.from, zone)} – {minuteTime(zoom.to, zone)}
          </span>
          <Button small onClick={() => onChange({ zoom: undefined })}>
            <ZoomOut aria-hidden size={14} />
            Back to {range}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
