import { answerRequest } from "@/app/_dal/answer-request";
import { readExplorer } from "@/app/_dal/explore";
import { authorize } from "@/lib/core/actor";

/** What the explorer draws for the address's own query, as JSON. */
export function GET(request: Request): Promise<Response> {
  return answerRequest(request, async (context, query) => {
    // Before what others had read is handed out.
    authorize(context.actor, "read");
    return Response.json(await readExplorer(context, query.toString()), { headers: { "Cache-Control": "no-store" } });
  });
}
