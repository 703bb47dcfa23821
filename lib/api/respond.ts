import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/core/context";
import { type FieldIssue, type ProblemKind, isProblem } from "@/lib/core/errors";
import { isDatabaseAway } from "@/lib/db/database-away";
import { textResponse } from "./known-body";

const STATUS: Record<ProblemKind, number> = {
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  invalid: 422,
  unavailable: 503,
  overloaded: 429,
};

const TITLE: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** A queue that is full has room again soon; a database that is away takes longer. */
const RETRY_AFTER_SECONDS: Partial<Record<number, string>> = { 429: "1", 503: "5" };

/** A fault of the HTTP message itself, before any verb is asked: too long, not JSON, the wrong method. */
export class HttpFault extends Error {
  override name = "HttpFault";
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

interface ProblemDetails {
  status: number;
  detail: string;
  /** The path that was called. */
  instance: string;
  issues?: readonly FieldIssue[];
  /** Finds the log line of an unknown error. */
  reference?: string;
}

/** Nothing of the API is kept by a cache on the way, or taken for anything but what it says it is. */
export const COMMON_HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" } as const;

/** The JSON of an RFC 9457 answer. */
export function problemText({ status, detail, instance, issues = [], reference }: ProblemDetails): string {
  const title = TITLE[status] ?? "Error";
  return JSON.stringify({ type: "about:blank", title, status, detail, instance, issues, reference });
}

/** An RFC 9457 answer. */
export function problemResponse(details: ProblemDetails, headers: Record<string, string> = {}): Response {
  const { status } = details;
  return textResponse(problemText(details), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

/** What went wrong, in the words and with the status of an answer. */
export interface Failure {
  details: ProblemDetails;
  headers: Record<string, string>;
}

/** What is no Problem is logged under a reference and shows nothing of its inside. */
export function describeFailure(context: Context, instance: string, error: unknown): Failure {
  if (error instanceof HttpFault)
    return { details: { status: error.status, detail: error.message, instance }, headers: error.headers };
  if (isProblem(error)) {
    const status = STATUS[error.kind];
    const headers = { ...retryAfter(status), ...(status === 401 ? { "WWW-Authenticate": "Bearer" } : {}) };
    return { details: { status, detail: error.message, issues: error.issues, instance }, headers };
  }
  if (isDatabaseAway(error)) {
    context.log.warn({ err: error, path: instance }, "the database is away");
    const detail = "The database cannot be reached now; try again.";
    return { details: { status: 503, detail, instance }, headers: retryAfter(503) };
  }
  const reference = randomUUID();
  context.log.error({ err: error, reference, path: instance }, "a call of the API broke");
  const detail = `Something broke here; the log has it under ${reference}.`;
  return { details: { status: 500, detail, instance, reference }, headers: {} };
}

function retryAfter(status: number): Record<string, string> {
  const seconds = RETRY_AFTER_SECONDS[status];
  return seconds === undefined ? {} : { "Retry-After": seconds };
}
