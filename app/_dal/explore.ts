import "server-only";
import type { ChartMark } from "@/app/_components/chart-types";
import { may } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { readAddress, writeAddress } from "@/lib/metrics/explorer/address";
import type { PanelResults } from "@/lib/metrics/explorer/panel-result";
import { readPanels } from "@/lib/metrics/explorer/read-panels";
import { listViews } from "@/lib/metrics/views/list-views";
import type { View } from "@/lib/metrics/views/view";
import { CHART_TTL_MS, liveCache } from "./live-cache";
import { readMarks } from "./marks";
import { pageContext } from "./session";

/** What the explorer draws for an address. */
export interface ExplorerData extends PanelResults {
  /** The address that it is for, without ?. */
  query: string;
  marks: ChartMark[];
}

/** The charts of an address: four statements and that of the incidents, at most each 15 s, however many look. */
export async function readExplorer(context: Context, query: string): Promise<ExplorerData> {
  const address = readAddress(query);
  const canonical = writeAddress(address);
  return liveCache().get(`explore ${canonical}`, CHART_TTL_MS, async () => {
    const results = await readPanels(context, address);
    return { ...results, query: canonical, marks: await readMarks(context, results) };
  });
}

export interface ExplorerPageData {
  data: ExplorerData;
  views: readonly View[];
  mayEdit: boolean;
}

/** The explorer's page: its charts and the saved views. */
export async function readExplorerPage(query: string): Promise<ExplorerPageData> {
  const context = await pageContext();
  const [data, views] = await Promise.all([readExplorer(context, query), readViews(context)]);
  return { data, views, mayEdit: may(context.actor, "metrics:write") };
}

/** The saved views: one statement, at most each 15 s. */
export async function readViews(context: Context): Promise<View[]> {
  return liveCache().get("views", CHART_TTL_MS, () => listViews(context));
}
