import { z } from "zod";
import { formatBytes, formatMs } from "@/lib/core/format";
import { NetworkFailure, failureSentence } from "@/lib/core/network-errors";
import { MAX_BODY_BYTES, type OutboundResponse, type Phases, sendOutbound } from "@/lib/core/outbound";
import { displayUrl } from "@/lib/core/redirects";
import { defineCheck } from "../define-check";
import { caCertificate, httpHeaders, httpUrl, inOrder, responseTime } from "../fields";
import { type Finding, above, below, conclude, failed } from "../findings";
import { equalsText, valueAt } from "./json-path";

const acceptedStatus = z
  .union([z.int(), z.string()])
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^[1-5]\d\d(-[1-5]\d\d)?$/, "must be a status like 200 or a range like 200-299")
      .refine((range) => range.slice(-3) >= range.slice(0, 3), "must begin with the smaller status, like 200-299"),
  );

const config = z
  .strictObject({
    url: httpUrl.meta({ title: "URL", description: "Asked on a fresh connection each time.", secret: true }),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
      .default("GET")
      .meta({ title: "Method" }),
    headers: httpHeaders,
    body: z
      .string()
      .max(100_000)
      .optional()
      .meta({ title: "Body", description: "Sent with the request.", multiline: true }),
    acceptedStatuses: z
      .array(acceptedStatus)
      .min(1)
      .default(["200-299"])
      .meta({ title: "Accepted statuses", description: "Statuses and ranges: 200-299, 401." }),
    maxRedirects: z
      .int()
      .min(0)
      .max(20)
      .default(5)
      .meta({ title: "Redirects to follow", description: "0: the redirect itself is judged." }),
    bodyContains: z
      .string()
      .optional()
      .meta({ title: "Body contains", description: "Text that the answer must contain." }),
    jsonPath: z
      .string()
      .optional()
      .meta({ title: "JSON path", description: "Where in the answer to look, like status or checks[0].name." }),
    jsonEquals: z
      .string()
      .optional()
      .meta({ title: "JSON value", description: "What must stand there, like ok or true. Empty: something must." }),
    ...responseTime("the whole request, from resolving the name to the last byte", 2_000),
    certificateWarningDays: z
      .number()
      .min(0)
      .default(14)
      .meta({ title: "Certificate: warning below", description: "Days that the certificate is still valid (https)." }),
    verifyCertificate: z.boolean().default(true).meta({
      title: "Refuse bad certificates",
      description: "Expired, for another host, or of an unknown authority (https).",
    }),
    caCertificate,
  })
  .superRefine(inOrder(["responseTimeWarningMs", "responseTimeFailedMs"]))
  .refine((value) => value.jsonEquals === undefined || value.jsonPath !== undefined, {
    path: ["jsonPath"],
    message: "is needed to compare a JSON value",
  });

type HttpConfig = z.output<typeof config>;

export const http = defineCheck({
  label: "HTTP",
  description: "Asks a URL and judges status, body, response time and certificate.",
  config,
  example: { url: "https://shop.example/health", jsonPath: "status", jsonEquals: "ok", responseTimeWarningMs: 800 },
  run: async (options, { signal, now }) => {
    const url = new URL(options.url);
    const subject = `${options.method} ${displayUrl(url)}`;
    try {
      const keepBody = options.bodyContains !== undefined || options.jsonPath !== undefined;
      const response = await sendOutbound({
        url,
        method: options.method,
        headers: options.headers,
        body: options.body,
        signal,
        maxRedirects: options.maxRedirects,
        keepBody,
        verifyCertificate: options.verifyCertificate,
        ca: options.caCertificate,
      });
      return judge(options, subject, response, now());
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const summary = error.timedOut ? "timed out" : "no answer";
      return { status: "failed", shortSummary: summary, message: failureSentence(subject, error) };
    }
  },
});

function judge(options: HttpConfig, subject: string, response: OutboundResponse, now: Date) {
  const { status, totalMs, certificateExpiresAt } = response;
  const daysLeft = certificateExpiresAt && (certificateExpiresAt.getTime() - now.getTime()) / 86_400_000;
  const accepted = options.acceptedStatuses.some((range) => isWithin(status, range));
  const findings = [
    accepted ? undefined : failed(`${subject} answered ${status} (accepted: ${options.acceptedStatuses.join(", ")}).`),
    accepted ? judgeBody(options, subject, response) : undefined,
    above(
      totalMs,
      { warning: options.responseTimeWarningMs, failed: options.responseTimeFailedMs },
      (limit) => `${subject} took ${formatMs(totalMs)} (limit ${formatMs(limit)}).`,
    ),
    daysLeft === undefined
      ? undefined
      : below(daysLeft, { warning: options.certificateWarningDays }, (limit) =>
          daysLeft < 0
            ? `The certificate of ${response.url.host} expired ${Math.ceil(-daysLeft)} days ago.`
            : `The certificate of ${response.url.host} expires in ${Math.floor(daysLeft)} days (limit ${limit}).`,
        ),
  ];
  return conclude(findings, {
    shortSummary: accepted ? formatMs(totalMs) : String(status),
    meta: {
      statusCode: status,
      responseTimeMs: rounded(totalMs),
      phases: roundedPhases(response.phases),
      bodyBytes: response.bodyBytes,
      ...(response.redirects > 0 && { redirects: response.redirects }),
      ...(daysLeft !== undefined && { certificateDaysLeft: Math.floor(daysLeft) }),
    },
  });
}

function judgeBody(options: HttpConfig, subject: string, { body, truncated }: OutboundResponse): Finding | undefined {
  const { bodyContains, jsonPath, jsonEquals } = options;
  const where = truncated ? ` in its first ${formatBytes(MAX_BODY_BYTES)}` : "";
  if (bodyContains !== undefined && !body.includes(bodyContains)) {
    return failed(`${subject} answered without the text "${shorten(bodyContains)}"${where}.`);
  }
  if (jsonPath === undefined) return undefined;
  if (truncated)
    return failed(`${subject} answered more than ${formatBytes(MAX_BODY_BYTES)}: too long to be read as JSON.`);
  const json = parseJson(body);
  if (json === undefined) return failed(`${subject} did not answer JSON: "${shorten(body.toString("utf8"))}".`);
  const value = valueAt(json.value, jsonPath);
  if (value === undefined) return failed(`${subject} answered without a value at ${jsonPath}.`);
  if (jsonEquals === undefined || equalsText(value, jsonEquals)) return undefined;
  return failed(
    `${subject} answered ${jsonPath} = ${shorten(JSON.stringify(value))} (expected ${shorten(jsonEquals)}).`,
  );
}

function parseJson(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch {
    return undefined;
  }
}

/** @param range "200" or "200-299", as the schema has seen to */
function isWithin(status: number, range: string): boolean {
  return status >= Number(range.slice(0, 3)) && status <= Number(range.slice(-3));
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
const rounded = (ms: number) => Math.round(ms * 100) / 100;
const roundedPhases = ({ dns, connect, tls, firstByte, download }: Phases): Phases => ({
  dns: rounded(dns),
  connect: rounded(connect),
  tls: rounded(tls),
  firstByte: rounded(firstByte),
  download: rounded(download),
});
