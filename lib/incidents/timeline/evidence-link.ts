import { DEFAULT_RANGE, panelOf, writeAddress } from "@/lib/metrics/explorer/address";
import { readPanel } from "@/lib/metrics/explorer/panel-query";

const AROUND_MS = 1_800_000;

/** The explorer half an hour around a time, of one metric where one is given; without one of what is usual. */
export function aroundLink(at: Date, metric = "response_time"): string {
  const panel = readPanel(metric);
  const zoom = { from: at.getTime() - AROUND_MS, to: at.getTime() + AROUND_MS };
  const query = writeAddress({
    panels: "problem" in panel ? [] : [panelOf(panel)],
    range: DEFAULT_RANGE,
    zoom,
    step: undefined,
    timezone: undefined,
    compare: undefined,
  });
  return `/explore?${query}`;
}
