import "server-only";
import { anomalyMarks } from "@/app/_components/anomaly-marks";
import type { TimeChartProps } from "@/app/_components/chart-types";
import type { RangeName } from "@/app/_components/ranges";
import { type AddressPanel, MAX_PANELS, readAddress } from "@/lib/metrics/explorer/address";
import { readPanels } from "@/lib/metrics/explorer/read-panels";
import { readViews } from "./explore";
import { CHART_TTL_MS, liveCache } from "./live-cache";
import { readMarks } from "./marks";
import { pageContext } from "./session";

/** A chart of a saved view on the overview. */
export type PinnedChart = {
  key: string;
  title: string;
  /** Opens the view. */
  href: string;
} & ({ chart: TimeChartProps } | { problem: string });

/** The charts of the views that are pinned, over the overview's range: one statement for the views, four for all charts. */
export async function readPinned(range: RangeName): Promise<PinnedChart[]> {
  const context = await pageContext();
  const pinned = (await readViews(context)).filter(({ pinned }) => pinned);
  if (pinned.length === 0) return [];
  const wanted = pinned
    .flatMap((view) => {
      const { panels } = readAddress(view.query);
      return panels.map((panel) => ({ view, panel, isAlone: panels.length === 1 }));
    })
    .slice(0, MAX_PANELS);
  const key = JSON.stringify(wanted.map(({ view, panel }) => [view.id, panel.text]));
  return liveCache().get(`pinned ${range} ${key}`, CHART_TTL_MS, async () => {
    const results = await readPanels(context, { ...readAddress(""), range, panels: wanted.map(({ panel }) => panel) });
    const marks = await readMarks(context, results);
    const { from, to } = results;
    return wanted.map(({ view, panel, isAlone }, index): PinnedChart => {
      const title = isAlone ? view.name : `${view.name}: ${nameOf(panel)}`;
      const head = { key: `${view.id} ${index}`, title, href: `/explore?${view.query}` };
      const result = results.panels[index];
      if (!result || "problem" in result) return { ...head, problem: result?.problem ?? "It could not be read." };
      const { lines, anomalies, empty, unit, start, step, times } = result.chart;
      return {
        ...head,
        chart: {
          title,
          unit,
          from,
          to,
          start,
          step,
          times,
          series: lines,
          marks: [...marks, ...anomalyMarks(anomalies)],
          empty,
        },
      };
    });
  });
}

function nameOf(panel: AddressPanel): string {
  return "query" in panel ? panel.query.name : panel.text;
}
