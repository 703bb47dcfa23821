import { RangePicker } from "@/app/_components/range-picker";
import { RANGES, type RangeName } from "@/app/_components/ranges";
import { TimeChart } from "@/app/_components/time-chart";
import { type CheckDetail, readCheckHistory } from "@/app/_dal/check";
import { configFormValues } from "@/lib/checks/config-form";
import { findCheckType } from "@/lib/checks/registry";
import { formatMs } from "@/lib/core/format";
import { HistoryStrip } from "./history-strip";
import { durationSeries } from "./duration-series";
import { UptimeTiles } from "./uptime-tiles";

/** Uptime, the bar of states and how long the runs took, over one range. */
export async function HistorySection({ check, range }: { check: CheckDetail; range: RangeName }) {
  const { from, to, pieces, points, uptime, marks } = await readCheckHistory(check, range);
  const series = durationSeries(points);
  return (
    <section aria-labelledby="history" className="grid gap-4">
      <UptimeTiles uptime={uptime} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="history" className="text-base font-semibold tracking-tight text-ink">
          History
        </h2>
        {/* On a wide screen it stands in the top line. */}
        <div className="md:hidden">
          <RangePicker />
        </div>
      </div>
      <div className="rounded-lg border border-line bg-surface p-4">
        <HistoryStrip
          pieces={pieces.map(({ from: start, to: end, status, ok, warning, failed, crashed }) => ({
            from: start.getTime(),
            to: end.getTime(),
            state: status,
            runs: ok + warning + failed + crashed,
            failed: failed + crashed,
          }))}
          label={`States of the last ${range}`}
        />
      </div>
      <TimeChart
        title={series.length > 1 ? "Response time" : "Duration"}
        unit="ms"
        from={from.getTime()}
        to={to.getTime()}
        start={from.getTime()}
        step={RANGES[range] / points.length}
        series={series}
        thresholds={limitsOf(check)}
        marks={marks}
        empty="No run in this range."
      />
    </section>
  );
}

/** The limits that a type names by convention, as lines. */
function limitsOf({ type, config }: CheckDetail) {
  const found = findCheckType(type);
  const values = found ? configFormValues(found, config) : {};
  return [
    { value: Number(values["responseTimeWarningMs"]), name: "degraded" },
    { value: Number(values["responseTimeFailedMs"]), name: "failing" },
  ].flatMap(({ value, name }) => (value > 0 ? [{ value, label: `${name} above ${formatMs(value)}` }] : []));
}
