import { z } from "zod";
import { messageOf } from "@/lib/core/errors";
import { DeliveryFailure } from "./define-channel";
import { innermost, mayHaveArrived } from "./lost-answer";
import { readRetryAfter, retryAfterField } from "./retry-after";

/** Errors that no further try mends, with what somebody has to do. */
const SETTINGS: Readonly<Record<string, string>> = {
  invalid_auth: "Slack does not take the bot token: set a valid SLACK_BOT_TOKEN",
  not_authed: "Slack got no bot token: set SLACK_BOT_TOKEN",
  account_inactive: "the bot's account was deactivated: install the app again",
  token_revoked: "the bot token was revoked: install the app again and set the new SLACK_BOT_TOKEN",
  token_expired: "the bot token has expired: set a new SLACK_BOT_TOKEN",
  not_allowed_token_type: "Slack wants a bot token here: SLACK_BOT_TOKEN begins with xoxb-",
  missing_scope: "the app lacks a permission: give the bot the scope chat:write and install the app again",
  no_permission: "the app lacks a permission: give the bot the scope chat:write and install the app again",
  org_login_required: "the workspace is being moved: install the app again",
  team_access_not_granted: "the app may not use this workspace: install it there",
  ekm_access_denied: "the workspace's administrators have suspended posting",
  restricted_action: "the workspace does not let the bot post there: change the channel's posting permissions",
  channel_not_found: "Slack does not know the channel: check SLACK_CHANNEL, and invite the bot if it is private",
  not_in_channel: "the bot is not in the channel: invite it",
  is_archived: "the Slack channel is archived: choose another one",
  access_denied: "Slack refuses the app: install it again",
};

const LATER = new Set(["ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org", "accesslimited"]);
/** Slack says of these that the call may have worked. */
const PERHAPS_DONE = new Set(["internal_error", "fatal_error", "request_timeout", "service_unavailable"]);

const text = z.string().optional().catch(undefined);
const thrown = z.object({
  code: text,
  retryAfter: z.number().optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  headers: z.record(z.string(), z.string()).optional().catch(undefined),
  data: z.object({ error: text }).optional().catch(undefined),
});

/** Slack's own name of an error, like `invalid_auth`; undefined for what is no answer of Slack. Pure. */
export const slackErrorOf = (error: unknown): string | undefined => thrown.safeParse(error).data?.data?.error;

/** What an error of Slack's client means. Pure. */
export function slackFailure(error: unknown, now: Date): DeliveryFailure {
  const { code, retryAfter, statusCode, headers, data } = thrown.safeParse(error).data ?? {};
  if (data?.error !== undefined) return answered(data.error);
  if (code === "slack_webapi_rate_limited_error" || retryAfter !== undefined)
    return new DeliveryFailure("Slack asks to wait (rate limit).", {
      kind: "retry",
      ...retryAfterField((retryAfter ?? 1) * 1000),
    });
  if (statusCode !== undefined) {
    const wait = retryAfterField(readRetryAfter(headers?.["retry-after"], now));
    return new DeliveryFailure(`Slack answered ${statusCode}.`, { kind: "retry", isUncertain: true, ...wait });
  }
  // The client throws a plain error for a 429 that does not say how long to wait.
  if (/retry header/i.test(messageOf(error))) return new DeliveryFailure("Slack asks to wait.", { kind: "retry" });
  const isUncertain = mayHaveArrived(error);
  return new DeliveryFailure(`Slack could not be reached: ${messageOf(innermost(error)).slice(0, 200)}.`, {
    kind: "retry",
    isUncertain,
  });
}

function answered(name: string): DeliveryFailure {
  // What is not JSON comes as the error's name.
  const said = `Slack answered ${name.slice(0, 100)}`;
  if (PERHAPS_DONE.has(name) || !/^[a-z_]+$/.test(name))
    return new DeliveryFailure(`${said}.`, { kind: "retry", isUncertain: true });
  if (LATER.has(name)) return new DeliveryFailure(`${said}.`, { kind: "retry" });
  const advice = SETTINGS[name];
  if (advice !== undefined) return new DeliveryFailure(`${name}: ${advice}.`, { kind: "channel" });
  return new DeliveryFailure(`${said}: it does not take this message.`, { kind: "message" });
}
