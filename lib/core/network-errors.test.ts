import { expect, test } from "vitest";
import {
  NetworkFailure,
  codeOf,
  endedBy,
  failureSentence,
  networkFailure,
  orEnded,
  plainCause,
} from "./network-errors";

const withCode = (code: string, message = "") => Object.assign(new Error(message), { code });

test.each([
  ["ECONNREFUSED", "connection refused"],
  ["ENOTFOUND", "the name db.example does not resolve"],
  ["ENODATA", "the name db.example does not resolve"],
  ["EAI_AGAIN", "the name db.example does not resolve at the moment (the resolver did not answer)"],
  ["CERT_HAS_EXPIRED", "the certificate has expired"],
  ["HPE_HEADER_OVERFLOW", "the answer's headers are larger than 16,384 bytes"],
  ["HPE_INVALID_VERSION", "the answer is not valid HTTP"],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "the TLS handshake failed (tlsv1 alert protocol version)"],
])("%s is: %s", (code, cause) => {
  expect(plainCause(withCode(code, "raw"), "db.example")).toBe(cause);
});

test("what has no word of ours keeps its own", () => {
  expect(plainCause(withCode("EWEIRD", "something odd"), "db.example")).toBe("something odd");
  expect(plainCause(withCode("EWEIRD"), "db.example")).toBe("Error");
  expect(plainCause("odd", "db.example")).toBe("odd");
});

test("of several addresses that were tried the first one's cause counts", () => {
  const both = new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")]);
  expect(codeOf(both)).toBe("ECONNREFUSED");
  expect(codeOf(new AggregateError([]))).toBeUndefined();
  expect(codeOf({ code: 7 })).toBeUndefined();
  expect(codeOf(null)).toBeUndefined();
  expect(plainCause(both, "db.example")).toBe("connection refused");
});

test("a failure is wrapped once and keeps its cause", () => {
  const error = withCode("ECONNRESET");
  const failure = networkFailure(error, "db.example");
  expect(failure).toMatchObject({ message: "the connection was reset by the other side", timedOut: false });
  expect(failure.cause).toBe(error);
  expect(networkFailure(failure, "db.example")).toBe(failure);
});

test("sentences tell a time-out from a failure", () => {
  expect(failureSentence("GET /", new NetworkFailure("connection refused"))).toBe("GET / failed: connection refused.");
  const ended = endedBy(AbortSignal.abort(new Error("timed out after 4 s")), "connecting");
  expect(failureSentence("GET /", ended)).toBe("GET / timed out after 4 s while connecting.");
  expect(endedBy(AbortSignal.abort("stop"), "connecting").message).toBe("aborted while connecting");
});

test("work settles by itself, or at once when it is ended", async () => {
  const abort = new AbortController();
  await expect(orEnded(Promise.resolve(1), abort.signal, "asking")).resolves.toBe(1);
  await expect(orEnded(Promise.reject(new Error("no")), abort.signal, "asking")).rejects.toThrow("no");
  const waiting = orEnded(new Promise<never>(() => undefined), abort.signal, "asking");
  abort.abort(new Error("timed out after 4 s"));
  await expect(waiting).rejects.toThrow("timed out after 4 s while asking");
  await expect(orEnded(Promise.resolve(1), abort.signal, "asking")).rejects.toThrow("while asking");
});
