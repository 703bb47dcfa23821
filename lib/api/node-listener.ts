import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { ENDPOINTS } from "./endpoints";
import { handleApi } from "./handle-api";
import { sendResponse, toRequest } from "./node-http";
import type { ApiRequest } from "./api-request";
import { createEarlyRefusal } from "./refuse-early";

/** Answers what is the API's on a node:http server. @returns false where the path is somebody else's, who answers then */
export type ApiListener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>;

/** @param findSessionActor who is signed in, for a request without a token */
export function createApiListener(
  context: Context,
  findSessionActor: (request: ApiRequest) => Promise<Actor | null | undefined>,
): ApiListener {
  const refuseEarly = createEarlyRefusal(ENDPOINTS);
  return async (incoming, outgoing) => {
    const path = incoming.url ?? "/";
    if (!isApiPath(path)) return false;
    if (refuseEarly(context, incoming, outgoing)) return true;
    const request = toRequest(incoming, outgoing);
    const answer = await handleApi(context, request, {
      address: incoming.socket.remoteAddress,
      sessionActor: () => findSessionActor(request),
    });
    if (!answer) return false;
    await sendResponse(answer, outgoing);
    return true;
  };
}

/** The sign-in's own paths are the pages'; `/metrics` stands where scrapers look for it. */
const isApiPath = (path: string): boolean =>
  path.startsWith("/api/") ? !path.startsWith("/api/auth/") : /^\/metrics(\?|$)/.test(path);
