import { clientAddress } from "@/app/_auth/client-address";
import { readSessionActor } from "@/app/_auth/session-cookie";
import { handleApi } from "@/lib/api/handle-api";
import { problemResponse } from "@/lib/api/respond";
import { processContext } from "@/lib/core/process-context";

/**
 * The API under plain Next.js. With `npm start` server.ts answers it before Next sees the request; the sign-in's own paths
 * (/api/auth) have a route of their own, which wins over this one.
 */
export async function answerApi(request: Request): Promise<Response> {
  const context = processContext();
  const caller = { sessionActor: () => readSessionActor(context, request), address: clientAddress(request.headers) };
  const instance = new URL(request.url).pathname;
  return (
    (await handleApi(context, request, caller)) ??
    problemResponse({ status: 404, detail: "There is nothing here.", instance })
  );
}
