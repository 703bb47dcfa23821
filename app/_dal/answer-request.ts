import "server-only";
import type { Context } from "@/lib/core/context";
import { describeFailure, problemResponse } from "@/lib/api/respond";
import { sessionContext } from "./session";

/**
 * The one way from a route handler of a page to a verb: the session's actor → the verb, which authorises and parses → the answer.
 * What went wrong is answered as everywhere in the API.
 */
export async function answerRequest(
  request: Request,
  run: (context: Context, query: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  const context = await sessionContext();
  const { pathname, searchParams } = new URL(request.url);
  try {
    return await run(context, searchParams);
  } catch (error) {
    const { details, headers } = describeFailure(context, pathname, error);
    return problemResponse(details, headers);
  }
}
