import { formatCount } from "./format";

/** Something outside could not be reached or did not behave. The message is a clause: "connection refused". */
export class NetworkFailure extends Error {
  override name = "NetworkFailure";
  constructor(
    message: string,
    /** True when our own time limit ended it: the message then begins with "timed out after". */
    readonly timedOut = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** "GET https://… failed: connection refused." and "GET https://… timed out after 4 s while connecting." */
export function failureSentence(subject: string, failure: NetworkFailure): string {
  return failure.timedOut ? `${subject} ${failure.message}.` : `${subject} failed: ${failure.message}.`;
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was reset by the other side",
  EPIPE: "the connection was closed by the other side",
  ETIMEDOUT: "no answer to the connection attempt",
  EHOSTUNREACH: "no route to the host",
  EHOSTDOWN: "the host is down",
  ENETUNREACH: "the network is unreachable",
  EADDRNOTAVAIL: "no local address or port is free for the connection",
  EMFILE: "this process has too many open files",
  EACCES: "permission denied",
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet",
  CERT_REVOKED: "the certificate was revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate chain ends in an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "the certificate's issuer is not known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate's issuer is not known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate's issuer is not known (is the chain complete?)",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another host name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the other side does not speak TLS on this port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "the other side does not speak TLS on this port",
  HPE_INVALID_CONSTANT: "the answer is not valid HTTP",
};

/** The code of a system, TLS or DNS error; of the first one where several addresses were tried. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The cause of a network error in plain words, as a clause. @param host names what was looked up */
export function plainCause(error: unknown, host: string): string {
  const code = codeOf(error);
  if (code === "ENOTFOUND" || code === "ENODATA") return `the name ${host} does not resolve`;
  if (code === "EAI_AGAIN") return `the name ${host} does not resolve at the moment (the resolver did not answer)`;
  if (code !== undefined && CAUSES[code]) return CAUSES[code];
  if (code?.startsWith("HPE_HEADER_OVERFLOW"))
    return `the answer's headers are larger than ${formatCount(16_384)} bytes`;
  if (code?.startsWith("HPE_")) return "the answer is not valid HTTP";
  const message = error instanceof Error && error.message !== "" ? error.message : String(error);
  return code?.startsWith("ERR_SSL_")
    ? `the TLS handshake failed (${code.slice(8).toLowerCase().replaceAll("_", " ")})`
    : message;
}

/** Wraps whatever a socket threw. */
export function networkFailure(error: unknown, host: string): NetworkFailure {
  return error instanceof NetworkFailure ? error : new NetworkFailure(plainCause(error, host), false, { cause: error });
}

/** The failure of something that the caller's signal ended. @param stage "connecting", "waiting for the answer" */
export function endedBy(signal: AbortSignal, stage: string): NetworkFailure {
  const reason = signal.reason instanceof Error ? signal.reason.message : "aborted";
  return new NetworkFailure(`${reason} while ${stage}`, true);
}

/**
 * Settles like the work, or at once when the signal ends it. The work goes on then: whoever began it stops it.
 * @throws NetworkFailure "timed out after 4 s while connecting", besides what the work throws
 */
export function orEnded<T>(work: Promise<T>, signal: AbortSignal, stage: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(endedBy(signal, stage));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
