import { readWindowTimes } from "@/app/_actions/window-form";
import { answerRequest } from "@/app/_dal/answer-request";
import { previewMaintenance } from "@/lib/alerting/maintenance/maintenance";
import { describeSpan } from "../describe-window";

/** When the window in the form would be open next, in words by its own clocks. */
export function GET(request: Request): Promise<Response> {
  return answerRequest(request, async (context, query) => {
    const names = [...new Set(query.keys())];
    const times = readWindowTimes(Object.fromEntries(names.map((name) => [name, query.getAll(name).join("\n")])));
    const spans = await previewMaintenance(context, times);
    const lines = spans.map((span) => describeSpan(span, times.timezone));
    return Response.json({ lines }, { headers: { "Cache-Control": "no-store" } });
  });
}
