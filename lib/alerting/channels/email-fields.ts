import { z } from "zod";
import type { Context } from "@/lib/core/context";

/** What both ways to send email have in common. */

const FROM = /^[^<>@\s]+@[^<>@\s]+$|^[^<>\r\n]+<[^<>@\s]+@[^<>@\s]+>$/;

export const from = z
  .string()
  .regex(FROM, "must be an address, like Watchkeeper <alerts@example.com>")
  .optional()
  .meta({ title: "From", description: "ALERT_EMAIL_FROM where left out." });

export const to = z
  .array(z.email("must be an email address"))
  .min(1, "must name at least one address")
  .max(100, "must be at most 100 addresses")
  .optional()
  .meta({ title: "To", description: "Each address gets its own message. ALERT_EMAIL_TO where left out." });

interface Addresses {
  from?: string | undefined;
  to?: readonly string[] | undefined;
}

/** @returns undefined when neither the channel nor the environment names one */
export const senderOf = (config: Addresses, env: Context["env"]): string | undefined =>
  config.from ?? env.ALERT_EMAIL_FROM;

/** Each address once. */
export const recipientsOf = (config: Addresses, env: Context["env"]): readonly string[] => [
  ...new Set(config.to ?? env.ALERT_EMAIL_TO ?? []),
];

/** Who got an email. */
export const nameRecipient = (label: string, target: string): string => `${target} by ${label}`;

/** Why no email can be sent with these addresses; undefined: it can. */
export function findAddressProblem(config: Addresses, env: Context["env"]): string | undefined {
  if (senderOf(config, env) === undefined) return "Set ALERT_EMAIL_FROM, or the sender's address in the channel.";
  if (recipientsOf(config, env).length === 0) return "Set ALERT_EMAIL_TO, or the recipients in the channel.";
  return undefined;
}
