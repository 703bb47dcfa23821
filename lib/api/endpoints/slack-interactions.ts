import { z } from "zod";
import { handleSlackAction } from "@/lib/alerting/slack-actions/handle-action";
import { isSignedBySlack } from "@/lib/alerting/slack-actions/verify-signature";
import { defineEndpoint } from "../define-endpoint";
import { readBytes } from "../read-body";
import { HttpFault } from "../respond";

const MAX_BYTES = 1024 * 1024;

export const slackInteractions = defineEndpoint({
  method: "POST",
  path: "/api/slack/interactions",
  scope: "public",
  tag: "Alerts",
  summary: "Buttons of Slack messages",
  description:
    "The request URL of a Slack app's interactivity. Signed by Slack (X-Slack-Signature, SLACK_SIGNING_SECRET) and not older than five minutes; anything else is refused with 401.",
  contentTypes: ["application/x-www-form-urlencoded"],
  response: z.object({ response_type: z.string(), replace_original: z.boolean(), text: z.string() }).or(z.object({})),
  handle: async (context, { request }) => {
    const secret = context.env.SLACK_SIGNING_SECRET;
    const body = (await readBytes(request, MAX_BYTES)).toString("utf8");
    const signed = {
      timestamp: request.headers.get("x-slack-request-timestamp"),
      signature: request.headers.get("x-slack-signature"),
      body,
    };
    if (secret === undefined || !isSignedBySlack(secret, signed, context.now()))
      throw new HttpFault(401, "This call is not signed by Slack, or too old, or SLACK_SIGNING_SECRET is not set.");
    const problem = await handleSlackAction(context, parseJson(new URLSearchParams(body).get("payload")));
    return problem === undefined ? {} : { response_type: "ephemeral", replace_original: false, text: problem };
  },
});

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
