import { codeOf } from "@/lib/core/network-errors";

/** With these nothing was sent: there was no connection yet. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "ENODATA",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "EMFILE",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Might a request that failed so have arrived? Only a connection that never stood says no. Looks at the causes too. Pure. */
export function mayHaveArrived(error: unknown, depth = 0): boolean {
  const code = codeOf(error);
  if (code !== undefined && (NOT_CONNECTED.has(code) || code.startsWith("CERT_") || code.startsWith("ERR_TLS")))
    return false;
  if (!(error instanceof Error) || error.cause === undefined || depth > 5) return true;
  return mayHaveArrived(error.cause, depth + 1);
}

/** The innermost cause: `fetch failed` tells nobody anything. */
export function innermost(error: unknown, depth = 0): unknown {
  return error instanceof Error && error.cause !== undefined && depth < 5 ? innermost(error.cause, depth + 1) : error;
}
