import type { IncomingMessage, ServerResponse } from "node:http";
import { sendResponse, toRequest } from "@/lib/api/node-http";
import { answerStatus, isStatusPath } from "./answer-status";
import type { StatusKeeper } from "./status-keeper";

/**
 * Answers the public pages and their feed on a node:http server; the JSON is the API's.
 * @returns false where the path is somebody else's, who answers then
 */
export function createStatusListener(
  keeper: StatusKeeper,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean> {
  return async (incoming, outgoing) => {
    const path = (incoming.url ?? "/").split("?", 1)[0] ?? "/";
    if (!isStatusPath(path)) return false;
    await sendResponse(await answerStatus(keeper, toRequest(incoming, outgoing)), outgoing);
    return true;
  };
}
