import { request as sendRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { AddressPolicy } from "./address-policy";
import { type Connection, openConnection } from "./connection";
import { formatBytes } from "./format";
import { NetworkFailure, endedBy, networkFailure } from "./network-errors";
import { type Hop, nextHop } from "./redirects";

export interface OutboundRequest {
  /** http:// or https://; a user name and password in it are sent as Basic authorization. */
  url: URL;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** Ends the request and destroys its connection. */
  signal: AbortSignal;
  policy?: AddressPolicy;
  /** 0: a redirect is the answer. */
  maxRedirects?: number;
  /** What is read of a body; the rest is not waited for. */
  maxBodyBytes?: number;
  /** False: the body is read for its time and size, not kept. */
  keepBody?: boolean;
  /** False: an https server with a bad certificate is answered too. */
  verifyCertificate?: boolean;
  /** PEM of authorities trusted instead of the usual ones. */
  ca?: string | undefined;
}

/** Milliseconds of each step, in order; summed over redirects. They add up to `totalMs`, but for what lies between them. */
export interface Phases {
  dns: number;
  connect: number;
  tls: number;
  firstByte: number;
  download: number;
}

export interface OutboundResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** Empty when not kept. */
  body: Buffer;
  bodyBytes: number;
  /** The body was longer than `maxBodyBytes`. */
  truncated: boolean;
  url: URL;
  redirects: number;
  phases: Phases;
  totalMs: number;
  /** When the certificate of the last https server ends. */
  certificateExpiresAt?: Date;
}

export const MAX_BODY_BYTES = 1_000_000;
const USER_AGENT = "Watchkeeper/0.1 (health check)";

/**
 * The one guarded way out for HTTP: a fresh connection each time, addresses checked when connecting (after a redirect too),
 * limits on time (`signal`), redirects and body.
 * @throws NetworkFailure with a plain cause: "connection refused", "too many redirects (limit 5)", "timed out after 4 s while …"
 */
export async function sendOutbound(input: OutboundRequest): Promise<OutboundResponse> {
  const start = performance.now();
  const phases: Phases = { dns: 0, connect: 0, tls: 0, firstByte: 0, download: 0 };
  let hop: Hop = { url: input.url, method: input.method ?? "GET", headers: input.headers ?? {}, body: input.body };
  const visited = [hop];
  for (;;) {
    const response = await exchange(hop, input, phases);
    const next = nextHop(response, visited, input.maxRedirects ?? 0);
    // What is spread stands last, here and in lib/checks: an object that grows behind a spread costs 4 µs and 1 kB that only
    // a full collection frees (a hidden class of its own, in Node 20).
    if (!next)
      return { url: hop.url, redirects: visited.length - 1, phases, totalMs: performance.now() - start, ...response };
    visited.push(next);
    hop = next;
  }
}

type Answer = Omit<OutboundResponse, "url" | "redirects" | "phases" | "totalMs">;

async function exchange(hop: Hop, input: OutboundRequest, phases: Phases): Promise<Answer> {
  const { url } = hop;
  const isTls = url.protocol === "https:";
  // Node's own notation of an IPv6 literal has no brackets.
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  const connection = await openConnection({
    host,
    port: url.port === "" ? (isTls ? 443 : 80) : Number(url.port),
    signal: input.signal,
    ...(input.policy && { policy: input.policy }),
    ...(isTls && { tls: { serverName: host, ca: input.ca, verify: input.verifyCertificate ?? true } }),
  });
  phases.dns += connection.phases.dns;
  phases.connect += connection.phases.connect;
  phases.tls += connection.phases.tls;
  const certificate = connection.secure?.getPeerCertificate();
  try {
    const answer = await converse(hop, connection, input, phases);
    return certificate?.valid_to ? { certificateExpiresAt: new Date(certificate.valid_to), ...answer } : answer;
  } finally {
    connection.socket.destroy();
  }
}

/** Sends the request over the open connection and reads the answer. */
function converse(hop: Hop, { socket }: Connection, input: OutboundRequest, phases: Phases): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { signal } = input;
    const start = performance.now();
    let stage = "waiting for the answer";
    const request = sendRequest({
      method: hop.method,
      path: `${hop.url.pathname}${hop.url.search}`,
      headers: headersOf(hop),
      createConnection: () => socket,
    });
    const onAbort = () => fail(endedBy(signal, stage));
    const fail = (failure: NetworkFailure) => {
      signal.removeEventListener("abort", onAbort);
      reject(failure);
      request.destroy();
    };
    signal.addEventListener("abort", onAbort);
    request.on("error", (error) => fail(whileAnswering(error, stage, hop.url.hostname)));
    request.once("response", (message) => {
      const firstByteAt = performance.now();
      phases.firstByte += firstByteAt - start;
      stage = "reading the body";
      readBody(message, input.maxBodyBytes ?? MAX_BODY_BYTES, input.keepBody ?? false, (read) => {
        if (read instanceof Error) return fail(whileAnswering(read, stage, hop.url.hostname));
        signal.removeEventListener("abort", onAbort);
        phases.download += performance.now() - firstByteAt;
        resolve({ status: message.statusCode ?? 0, headers: message.headers, ...read });
      });
    });
    request.end(hop.body);
  });
}

type Read = Pick<Answer, "body" | "bodyBytes" | "truncated">;

/** Calls back once: with what was read, up to the cap, or with an error. */
function readBody(message: IncomingMessage, cap: number, keep: boolean, done: (read: Read | Error) => void): void {
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  let over = false;
  const finish = (read: Read | Error) => {
    if (!over) done(read);
    over = true;
  };
  message.on("data", (chunk: Buffer) => {
    const room = cap - bodyBytes;
    bodyBytes += Math.min(room, chunk.length);
    if (keep) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    if (chunk.length <= room) return;
    finish({ body: Buffer.concat(chunks), bodyBytes, truncated: true });
    message.destroy();
  });
  message.on("end", () => finish({ body: Buffer.concat(chunks), bodyBytes, truncated: false }));
  message.on("error", finish);
  message.on("close", () => {
    if (!over) finish(new NetworkFailure(`the connection was closed after ${formatBytes(bodyBytes)} of the body`));
  });
}

function whileAnswering(error: Error, stage: string, host: string): NetworkFailure {
  // Node's "socket hang up" and a plain reset: here both mean the same to a person.
  if ("code" in error && error.code === "ECONNRESET")
    return new NetworkFailure(`the connection was closed while ${stage}`, false, { cause: error });
  return networkFailure(error, host);
}

function headersOf({ url, headers, body }: Hop): Record<string, string | number> {
  const all: Record<string, string | number> = {
    host: url.host,
    "user-agent": USER_AGENT,
    accept: "*/*",
    connection: "close",
  };
  if (url.username !== "" || url.password !== "") {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    all.authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
  }
  if (body !== undefined) all["content-length"] = Buffer.byteLength(body);
  for (const name in headers) all[name.toLowerCase()] = headers[name] ?? "";
  return all;
}
