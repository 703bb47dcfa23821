import { z } from "zod";

/** Fields that several kinds of checks share, so that they read and behave the same everywhere. */

export const host = z
  .string()
  .trim()
  .min(1, "must be a host name or an address")
  .max(253)
  .regex(/^[^\s/@]+$/, "must be a host name or an address, without a scheme or a path");

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: "must be an http:// or https:// address, like https://example.com/health",
});

export const httpHeaders = z
  .record(
    z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "is not a valid header name"),
    z
      .string({ error: ({ input }) => (input === undefined ? "has no value; write it as name: value" : undefined) })
      .regex(/^[^\r\n\0]*$/, "must be one line"),
  )
  .default({})
  .meta({
    title: "Headers",
    description: "Sent to this origin only, not to others that it redirects to.",
    secret: true,
  });

export const port = z.int().min(1, "must be from 1 to 65535").max(65_535, "must be from 1 to 65535");

export const percent = z.number().min(0, "must be from 0 to 100").max(100, "must be from 0 to 100");

export const seconds = z.number().positive("must be more than 0");

export const count = z.int().min(0, "must not be negative");

const ms = z.number().positive("must be more than 0");

/** Limits of a time in ms; both may be left out. */
export const responseTime = (what: string, warningMs?: number, failedMs?: number) => ({
  responseTimeWarningMs: (warningMs === undefined ? ms.optional() : ms.default(warningMs)).meta({
    title: "Response time: warning above",
    description: `Milliseconds for ${what}.`,
  }),
  responseTimeFailedMs: (failedMs === undefined ? ms.optional() : ms.default(failedMs)).meta({
    title: "Response time: failed above",
    description: `Milliseconds for ${what}. Without a limit only the check's time-out fails it.`,
  }),
});

export const caCertificate = z
  .string()
  .regex(/-----BEGIN CERTIFICATE-----/, "must be a certificate in PEM form (-----BEGIN CERTIFICATE----- …)")
  .optional()
  .meta({
    title: "Trusted authority",
    description: "PEM of the authority to trust instead of the usual ones, for services with a private one.",
    multiline: true,
  });

export const databaseUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/\S+$/,
    "must be a PostgreSQL connection string, like postgresql://user:password@host:5432/name",
  )
  .refine(
    (value) => URL.canParse(value),
    "must be a connection string; special characters in a password are percent-encoded",
  )
  .optional();

/**
 * Refuses a failed limit that lies inside its warning limit: the warning would never be seen.
 * @param pairs [field that must be smaller, field that must be larger]
 */
export function inOrder<Config extends Record<string, unknown>>(
  ...pairs: readonly [keyof Config & string, keyof Config & string][]
) {
  return (
    config: Config,
    refinement: { addIssue: (issue: { code: "custom"; path: string[]; message: string }) => void },
  ) => {
    for (const [small, large] of pairs) {
      const low = config[small];
      const high = config[large];
      if (typeof low !== "number" || typeof high !== "number" || low <= high) continue;
      refinement.addIssue({ code: "custom", path: [large], message: `must not be less than ${small} (${low})` });
    }
  };
}
