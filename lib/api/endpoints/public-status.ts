import { answerStatus } from "@/lib/status-page/answer-status";
import { responseOfStatus } from "@/lib/status-page/status";
import { statusKeeperOf } from "@/lib/status-page/status-keeper";
import { statuspageStatus, statuspageSummary } from "@/lib/status-page/statuspage-format";
import type { Context } from "@/lib/core/context";
import type { ApiRequest } from "../api-request";
import { defineEndpoint } from "../define-endpoint";

const tag = "Public status";
const shared = { method: "GET", scope: "public", tag } as const;

/** From memory, as the page itself. */
const handle = (context: Context, { request }: { request: ApiRequest }): Promise<Response> =>
  answerStatus(statusKeeperOf(context), request);

export const publicStatusJson = [
  defineEndpoint({
    ...shared,
    path: "/api/status.json",
    summary: "Read the public status page",
    description: "404 while the page is switched off. The pages themselves are /status and /status/feed.atom.",
    response: responseOfStatus,
    handle,
  }),
  defineEndpoint({
    ...shared,
    path: "/api/v2/summary.json",
    summary: "Read the public status in Statuspage's shape",
    description: "A state that is not known is `degraded_performance` here, and its indicator `minor`.",
    response: statuspageSummary,
    handle,
  }),
  defineEndpoint({
    ...shared,
    path: "/api/v2/status.json",
    summary: "Read the public status in a word, in Statuspage's shape",
    response: statuspageStatus,
    handle,
  }),
];
