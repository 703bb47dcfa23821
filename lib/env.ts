import { z } from "zod";
import "@/lib/core/plain-words";

const blankIsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema.optional());

const databaseUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\//,
    "must be a PostgreSQL connection string, like postgresql://user:password@host:5432/name",
  );
const httpUrl = z.url({
  protocol: /^https?$/,
  error: "must be an http:// or https:// address, like https://status.example.com",
});

const environment = z.object({
  DATABASE_URL: optional(databaseUrl),
  DATA_DIR: z.preprocess(blankIsUnset, z.string().default("data")),
  HOST: z.preprocess(blankIsUnset, z.string().default("127.0.0.1")),
  PORT: z.preprocess(
    blankIsUnset,
    z.coerce
      .number("must be a whole number from 1 to 65535")
      .int("must be a whole number from 1 to 65535")
      .min(1, "must be a whole number from 1 to 65535")
      .max(65535, "must be a whole number from 1 to 65535")
      .default(3000),
  ),
  APP_URL: optional(httpUrl),
  NEXTAUTH_SECRET: optional(
    z.string().min(32, "must have at least 32 characters; `openssl rand -base64 32` makes one"),
  ),
  ADMIN_EMAIL: optional(z.email("must be an email address")),
  ADMIN_PASSWORD: optional(z.string().min(12, "must have at least 12 characters")),
  HEALTH_SECRET: optional(z.string().min(16, "must have at least 16 characters")),
  REDIS_URL: optional(
    z.string().regex(/^rediss?:\/\//, "must be a Redis connection string, like redis://127.0.0.1:6379"),
  ),
  RESEND_API_KEY: optional(z.string()),
  RESEND_BASE_URL: optional(httpUrl),
  ALERT_EMAIL_FROM: optional(
    z
      .string()
      .regex(
        /^[^<>@\s]+@[^<>@\s]+$|^[^<>]+<[^<>@\s]+@[^<>@\s]+>$/,
        "must be an address, like Watchkeeper <alerts@example.com>",
      ),
  ),
  ALERT_EMAIL_TO: optional(
    z
      .string()
      .transform((text) =>
        text
          .split(",")
          .map((address) => address.trim())
          .filter((address) => address !== ""),
      )
      .pipe(z.array(z.email("must be email addresses with commas between them"))),
  ),
  SMTP_URL: optional(
    z
      .string()
      .regex(/^smtps?:\/\//, "must be an SMTP connection string, like smtp://user:password@mail.example.com:587"),
  ),
  SLACK_BOT_TOKEN: optional(z.string()),
  SLACK_CHANNEL: optional(z.string()),
  SLACK_SIGNING_SECRET: optional(z.string()),
  SLACK_API_URL: optional(httpUrl),
  LOG_LEVEL: z.preprocess(
    blankIsUnset,
    z.enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent").default("info"),
  ),
  NODE_ENV: z.preprocess(blankIsUnset, z.enum(["production", "development", "test"]).default("production")),
});

/** The validated environment. Read by `readEnv` at the start of each process and handed on; nothing else reads process.env. */
export type Env = z.infer<typeof environment>;

/** A variable of the environment is missing or malformed; the message is a sentence for the person who set it. */
export class InvalidEnvironment extends Error {
  override name = "InvalidEnvironment";
}

/**
 * Reads and validates the environment.
 * @throws InvalidEnvironment naming every wrong variable and what it must be; never its value (it may be a secret)
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = environment.safeParse(source);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  throw new InvalidEnvironment(`The environment is not right: ${sentences.join(" ")}`);
}
