import type { WebClient } from "@slack/web-api";
import type { ChannelContext } from "./define-channel";

const quiet = () => undefined;
/** The client's own log could hold texts of alerts; what matters is thrown anyway. */
const NO_LOG = { debug: quiet, info: quiet, warn: quiet, error: quiet, setLevel: quiet, setName: quiet };

/** Slack's own client, loaded with the first message. The outbox tries again, so that the client itself must not. */
export async function connectSlack(
  botToken: string | undefined,
  { env, signal }: Pick<ChannelContext, "env" | "signal">,
): Promise<WebClient> {
  const { WebClient, LogLevel } = await import("@slack/web-api");
  return new WebClient(botToken ?? env.SLACK_BOT_TOKEN, {
    ...(env.SLACK_API_URL !== undefined && { slackApiUrl: env.SLACK_API_URL }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: { ...NO_LOG, getLevel: () => LogLevel.ERROR },
    fetch: (url, init) => fetch(url, { ...init, signal }),
  });
}
