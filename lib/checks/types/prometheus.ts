import { z } from "zod";
import { formatBytes, formatCount, formatMs } from "@/lib/core/format";
import { NetworkFailure, failureSentence } from "@/lib/core/network-errors";
import { type OutboundResponse, sendOutbound } from "@/lib/core/outbound";
import { displayUrl } from "@/lib/core/redirects";
import type { Exposition } from "@/lib/metrics/prometheus/exposition";
import { MAX_PROBLEMS, parseExposition } from "@/lib/metrics/prometheus/parse-text";
import { toSamples } from "@/lib/metrics/prometheus/to-samples";
import type { WriteOutcome } from "@/lib/metrics/writer/rows";
import { defineCheck } from "../define-check";
import { caCertificate, httpHeaders, httpUrl, inOrder, responseTime } from "../fields";
import { type Finding, above, conclude, failed } from "../findings";

const MAX_BODY_BYTES = 16_000_000;
/** Most samples of one answer that are read, wanted or not. */
const MAX_SAMPLES = 200_000;
const ACCEPT =
  "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;version=0.0.4;q=0.8,text/plain;q=0.5,*/*;q=0.1";

const namePattern = z
  .string()
  .trim()
  .regex(/^[\w:*.]+$/, "must be a metric name, with * for any characters, like http_*");

const config = z
  .strictObject({
    url: httpUrl.meta({ title: "URL", description: "Where the metrics stand as text, often /metrics.", secret: true }),
    headers: httpHeaders,
    job: z.string().trim().max(100).default("").meta({
      title: "Job",
      description: "The label job of the series; empty: the host's name.",
    }),
    include: z
      .array(namePattern)
      .default([])
      .meta({ title: "Only these metrics", description: "Names, * stands for any characters. Empty: all of them." }),
    exclude: z
      .array(namePattern)
      .default([])
      .meta({ title: "Not these metrics", description: "Names, * stands for any characters." }),
    sampleLimit: z.int().min(1).max(MAX_SAMPLES).default(10_000).meta({
      title: "Most samples",
      description: "More than this of the metrics that are wanted fails the check, and none is stored.",
    }),
    ...responseTime("the whole answer", 2_000),
    verifyCertificate: z.boolean().default(true).meta({
      title: "Refuse bad certificates",
      description: "Expired, for another host, or of an unknown authority.",
    }),
    caCertificate,
  })
  .superRefine(inOrder(["responseTimeWarningMs", "responseTimeFailedMs"]));

export const prometheus = defineCheck({
  label: "Prometheus",
  description: "Reads a target's metrics in the Prometheus or OpenMetrics text format and stores them as series.",
  config,
  example: { url: "http://shop.internal:9100/metrics", job: "shop", include: ["http_*", "process_*"] },
  run: async (options, { signal, now, writeSamples }) => {
    const url = new URL(options.url);
    const subject = `GET ${displayUrl(url)}`;
    const readAt = now();
    const response = await ask(url, options, signal);
    if (response instanceof NetworkFailure)
      return {
        status: "failed",
        shortSummary: response.timedOut ? "timed out" : "no answer",
        message: failureSentence(subject, response),
      };
    const refusal = judgeAnswer(subject, response);
    if (refusal) return { status: "failed", ...refusal };

    const isOpenMetrics = /openmetrics-text/i.test(response.headers["content-type"] ?? "");
    const { exposition, wanted, excess } = readWanted(response.body.toString("utf8"), isOpenMetrics, options);
    if (excess)
      return { status: "failed", shortSummary: "too many samples", message: `${subject} ${excess}: none was stored.` };
    const labels = { job: options.job || url.hostname, instance: url.host };
    const outcome = await writeSamples(toSamples(wanted, { at: readAt, labels }));
    return conclude(
      [
        ...judgeSamples(subject, exposition, outcome),
        isOpenMetrics && !exposition.ended && exposition.problems.length === 0
          ? { status: "warning", message: `${subject} ended without "# EOF": part of it may be missing.` }
          : undefined,
        exposition.samples > 0 && wanted.length === 0
          ? { status: "warning", message: `${subject} has no metric that the filter names: nothing was stored.` }
          : undefined,
        above(
          response.totalMs,
          { warning: options.responseTimeWarningMs, failed: options.responseTimeFailedMs },
          (limit) => `${subject} took ${formatMs(response.totalMs)} (limit ${formatMs(limit)}).`,
        ),
      ],
      {
        shortSummary: `${formatCount(exposition.samples)} samples`,
        meta: {
          responseTimeMs: Math.round(response.totalMs * 100) / 100,
          phases: response.phases,
          samples: exposition.samples,
          stored: outcome.stored,
          bodyBytes: response.bodyBytes,
        },
      },
    );
  },
});

/**
 * The metrics that the filters want. What they leave out counts against no limit but that of what is read at all.
 * @returns excess: why it is more than may be stored
 */
function readWanted(text: string, isOpenMetrics: boolean, options: z.output<typeof config>) {
  const { include, exclude, sampleLimit } = options;
  const isFiltered = include.length + exclude.length > 0;
  const limit = isFiltered ? MAX_SAMPLES : sampleLimit;
  const exposition = parseExposition(text, { isOpenMetrics, limit });
  const wanted = exposition.families.filter(({ name, samples }) =>
    isWanted([name, ...new Set(samples.map((sample) => sample.name))], options),
  );
  const count = wanted.reduce((sum, { samples }) => sum + samples.length, 0);
  const excess =
    isFiltered && exposition.samples > limit
      ? `has more than ${formatCount(limit)} samples, more than are read to look for the metrics that the filter names`
      : count > sampleLimit
        ? `has more than ${formatCount(sampleLimit)} samples of the metrics that are wanted (the limit "Most samples"; raise it, or want fewer metrics)`
        : undefined;
  return { exposition, wanted, excess };
}

async function ask(
  url: URL,
  options: z.output<typeof config>,
  signal: AbortSignal,
): Promise<OutboundResponse | NetworkFailure> {
  try {
    return await sendOutbound({
      url,
      headers: { accept: ACCEPT, ...options.headers },
      signal,
      maxRedirects: 3,
      keepBody: true,
      maxBodyBytes: MAX_BODY_BYTES,
      verifyCertificate: options.verifyCertificate,
      ca: options.caCertificate,
    });
  } catch (error) {
    if (error instanceof NetworkFailure) return error;
    throw error;
  }
}

function judgeAnswer(subject: string, { status, truncated }: OutboundResponse) {
  if (status !== 200) return { shortSummary: String(status), message: `${subject} answered ${status} (expected 200).` };
  if (truncated)
    return {
      shortSummary: "too long",
      message: `${subject} answered more than ${formatBytes(MAX_BODY_BYTES)}: nothing was stored.`,
    };
  return undefined;
}

function judgeSamples(subject: string, { samples, problems }: Exposition, { rejected }: WriteOutcome): Finding[] {
  const findings: Finding[] = [];
  const [problem] = problems;
  if (samples === 0) {
    const why = problem ? `: line ${problem.line}: ${problem.message}` : "";
    findings.push(failed(`${subject} answered no metrics${why}.`));
  } else if (problem) {
    const more = problems.length > 1 ? ` And ${problems.length - 1} more lines.` : "";
    const stop = problems.length >= MAX_PROBLEMS ? " Nothing after them was read." : "";
    findings.push({
      status: "warning",
      message: `${subject}, line ${problem.line}: ${problem.message}.${more}${stop}`,
    });
  }
  const [first] = rejected;
  if (first) {
    const count = rejected.length === 1 ? "1 sample was" : `${formatCount(rejected.length)} samples were`;
    findings.push({ status: "warning", message: `${count} not stored: ${first.message}` });
  }
  return findings;
}

/** By the name of its family or of any of its samples: OpenMetrics calls `visits` what the older text calls `visits_total`. */
function isWanted(names: readonly string[], { include, exclude }: { include: string[]; exclude: string[] }): boolean {
  const matches = (pattern: string) => names.some((name) => matchesPattern(pattern, name));
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

/** Piece by piece from the left, so that the time grows with the name's length alone. */
function matchesPattern(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}
