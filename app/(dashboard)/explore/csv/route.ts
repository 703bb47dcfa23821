import { answerRequest } from "@/app/_dal/answer-request";
import { authorize } from "@/lib/core/actor";
import { Problem } from "@/lib/core/errors";
import { readAddress } from "@/lib/metrics/explorer/address";
import { panelCsv } from "@/lib/metrics/explorer/panel-csv";
import { readPanels } from "@/lib/metrics/explorer/read-panels";

/** The first chart of the address as a CSV file, with every series, also those that a chart has no room for. */
export function GET(request: Request): Promise<Response> {
  return answerRequest(request, async (context, query) => {
    authorize(context.actor, "read");
    const address = readAddress(query);
    const { panels } = await readPanels(context, { ...address, panels: address.panels.slice(0, 1) }, { all: true });
    const [panel] = panels;
    if (!panel) throw new Problem("invalid", "The address names no chart: it needs q, like q=avg:cpu_usage.");
    if ("problem" in panel) throw new Problem("invalid", panel.problem);
    const name = panel.text.replaceAll(/[^\w.-]+/g, "-").replaceAll(/^-|-$/g, "");
    return new Response(panelCsv(panel.chart), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}.csv"`,
        "Cache-Control": "no-store",
      },
    });
  });
}
