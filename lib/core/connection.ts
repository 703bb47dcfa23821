import { lookup as systemLookup } from "node:dns";
import { type LookupFunction, Socket, isIP } from "node:net";
import { performance } from "node:perf_hooks";
import { type TLSSocket, connect as connectTls } from "node:tls";
import { type AddressPolicy, DEFAULT_POLICY, refusalOf } from "./address-policy";
import { NetworkFailure, endedBy, networkFailure } from "./network-errors";

export interface ConnectionRequest {
  host: string;
  port: number;
  /** Ends the attempt; an open connection is the caller's to destroy. */
  signal: AbortSignal;
  policy?: AddressPolicy;
  tls?: TlsRequest;
}

export interface TlsRequest {
  /** The name that the certificate must be for; sent as SNI unless it is an address. */
  serverName: string;
  /** PEM of authorities trusted instead of the usual ones. */
  ca?: string | undefined;
  /** False: connects to anyone, `TLSSocket.authorized` tells whether the certificate is good. */
  verify: boolean;
}

/** An open connection, and how long each step took in ms. */
export interface Connection {
  socket: Socket;
  /** Present when TLS was asked for; the same object as `socket`. */
  secure?: TLSSocket;
  phases: { dns: number; connect: number; tls: number };
}

/**
 * Resolves names for a socket and refuses addresses that the policy forbids: checked at the moment of connecting, a name that
 * changes its address in between gains nothing.
 */
export function guardedLookup(policy: AddressPolicy = DEFAULT_POLICY): LookupFunction {
  return (host, options, callback) => {
    systemLookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const allowed = addresses.filter(({ address }) => refusalOf(address, policy) === undefined);
      const first = allowed[0];
      if (!first)
        return callback(new NetworkFailure(refusalOf(addresses[0]?.address ?? "", policy) ?? "no address"), "", 0);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

/** A literal address is never looked up, so it is checked here. @throws NetworkFailure with the reason */
export function refuseLiteral(host: string, policy: AddressPolicy = DEFAULT_POLICY): void {
  const refusal = isIP(host.replace(/%.*$/, "")) === 0 ? undefined : refusalOf(host, policy);
  if (refusal) throw new NetworkFailure(refusal);
}

const defaultLookup = guardedLookup();
const elapsed = (from: number, to: number) => Math.max(0, to - from);

/**
 * Opens a TCP or TLS connection: the one way out of the product for whatever a user asks to reach.
 * @throws NetworkFailure "connection refused", "the certificate has expired", "timed out after 4 s while connecting", …
 */
export function openConnection({ host, port, signal, policy, tls }: ConnectionRequest): Promise<Connection> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(endedBy(signal, "starting"));
    refuseLiteral(host, policy);
    const socket = new Socket();
    let current: Socket = socket;
    let stage = "resolving the name";
    const start = performance.now();
    let resolved = start;
    let connected = start;

    const settle = () => {
      signal.removeEventListener("abort", onAbort);
      current.removeListener("error", onError);
      current.removeListener("close", onClose);
    };
    const fail = (failure: NetworkFailure) => {
      settle();
      // A destroyed socket may still report an error: nobody is interested any more.
      current.on("error", () => undefined);
      current.destroy();
      socket.destroy();
      reject(failure);
    };
    const onAbort = () => fail(endedBy(signal, stage));
    const onError = (error: Error) => fail(networkFailure(error, host));
    const onClose = () => fail(new NetworkFailure(`the connection was closed while ${stage}`));
    const done = (secure?: TLSSocket) => {
      const end = performance.now();
      settle();
      const phases = {
        dns: elapsed(start, resolved),
        connect: elapsed(resolved, connected),
        tls: secure ? elapsed(connected, end) : 0,
      };
      resolve({ socket: current, phases, ...(secure && { secure }) });
    };

    signal.addEventListener("abort", onAbort);
    socket.once("error", onError).once("close", onClose);
    socket.once("lookup", () => {
      resolved = performance.now();
      stage = "connecting";
    });
    if (isIP(host) !== 0) stage = "connecting";
    socket.connect({ host, port, lookup: policy ? guardedLookup(policy) : defaultLookup }, () => {
      connected = performance.now();
      if (!tls) return done();
      stage = "waiting for the TLS handshake";
      socket.removeListener("error", onError).removeListener("close", onClose);
      const secure = connectTls({
        socket,
        rejectUnauthorized: tls.verify,
        ...(isIP(tls.serverName) === 0 && { servername: tls.serverName }),
        host: tls.serverName,
        ...(tls.ca && { ca: tls.ca }),
      });
      current = secure;
      secure.once("error", onError).once("close", onClose);
      secure.once("secureConnect", () => done(secure));
    });
  });
}
