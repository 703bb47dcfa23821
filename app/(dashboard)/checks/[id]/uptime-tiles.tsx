import type { Uptime } from "@/lib/checks/get-uptime";
import { formatUptime } from "../format-uptime";

const SPANS = [
  ["h24", "24 hours"],
  ["d7", "7 days"],
  ["d30", "30 days"],
  ["d90", "90 days"],
] as const;

/** The share of runs that did not fail, over four spans. */
export function UptimeTiles({ uptime }: { uptime: Uptime | undefined }) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-line gap-px sm:grid-cols-4">
      {SPANS.map(([name, words]) => {
        const percent = uptime?.[name] ?? null;
        return (
          <div key={name} className="bg-surface px-4 py-3">
            <dt className="text-xs text-muted">Uptime, {words}</dt>
            <dd className="mt-1 text-xl font-semibold tracking-tight text-ink">
              {percent === null ? "–" : formatUptime(percent)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
