import { createHmac } from "node:crypto";
import { equalSecrets } from "@/lib/core/secrets";

/** An older call is somebody's who recorded it. */
const MAX_AGE_S = 300;

/**
 * Is this call Slack's own? HMAC-SHA256 of `v0:time:body` with the app's signing secret, not older than five minutes
 * (docs.slack.dev, "Verifying requests from Slack"). Pure.
 */
export function isSignedBySlack(
  secret: string,
  { timestamp, signature, body }: { timestamp: string | null; signature: string | null; body: string },
  now: Date,
): boolean {
  if (timestamp === null || signature === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > MAX_AGE_S) return false;
  const expected = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  return equalSecrets(signature, expected);
}
