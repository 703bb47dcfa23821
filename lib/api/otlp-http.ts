import { gunzipSync } from "node:zlib";
import type { ApiRequest } from "./api-request";
import { createByteBudget } from "./byte-budget";
import { textResponse } from "./known-body";
import { readBytes, tooLong } from "./read-body";
import { type Failure, HttpFault } from "./respond";

/** What OTLP/HTTP is for every signal: https://opentelemetry.io/docs/specs/otlp/#otlphttp */

const TYPES = { protobuf: "application/x-protobuf", json: "application/json" } as const;
export type OtlpEncoding = keyof typeof TYPES;
export const OTLP_TYPES = Object.values(TYPES);

/** Of a body, as it comes and unpacked. */
export const MAX_OTLP_BYTES = 8 * 1024 * 1024;
/** Of all bodies that are being received. */
const budget = createByteBudget(8 * MAX_OTLP_BYTES);

/** How a request's body is encoded, and so the answer; undefined for a type that is not OTLP's. */
function encodingOf(request: ApiRequest): OtlpEncoding | undefined {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === TYPES.protobuf) return "protobuf";
  return type === TYPES.json ? "json" : undefined;
}

export interface OtlpBody {
  encoding: OtlpEncoding;
  bytes: Buffer;
}

/**
 * A request's body, unpacked.
 * @throws HttpFault 415 for another type or packing, 413 when it is too long in either form, 400 when it can't be unpacked
 * or ends early, 429 when too much is being received
 */
export async function readOtlpBody(request: ApiRequest): Promise<OtlpBody> {
  const encoding = encodingOf(request);
  if (!encoding) throw new HttpFault(415, `Send the body as ${OTLP_TYPES.join(" or ")}.`);
  const packing = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (packing !== "identity" && packing !== "gzip")
    throw new HttpFault(415, "Send the body packed by gzip, or as it is.");
  const packed = await readWithin(request);
  return { encoding, bytes: packing === "gzip" ? unpack(packed) : packed };
}

/** A length that is announced is held in one piece before any of it comes; else piece by piece. */
function readWithin(request: ApiRequest): Promise<Buffer> {
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > MAX_OTLP_BYTES) throw tooLong(MAX_OTLP_BYTES);
  return budget.hold((take) => {
    if (announced === null) return readBytes(request, MAX_OTLP_BYTES, take);
    take(Number(announced));
    return readBytes(request, MAX_OTLP_BYTES);
  });
}

/** At once and not on another thread: what one request unpacks to is used up before the next is looked at. */
function unpack(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_OTLP_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLong(MAX_OTLP_BYTES);
    throw new HttpFault(400, "The body is not gzip, though its Content-Encoding says so.");
  }
}

/** What was not taken of a request. */
export interface PartialSuccess {
  rejected: number;
  message: string;
}

/**
 * The answer to a request that was taken, wholly or in part.
 * @param rejectedField JSON's name of the count: `rejectedDataPoints`
 */
export function otlpAnswer(encoding: OtlpEncoding, rejectedField: string, partial?: PartialSuccess): Response {
  if (encoding === "json") {
    // An int64 is a text in JSON.
    const body = partial
      ? { partialSuccess: { [rejectedField]: String(partial.rejected), errorMessage: partial.message } }
      : {};
    return jsonAnswer(200, body);
  }
  if (!partial) return protobufAnswer(200, []);
  const partialSuccess = [0x08, ...varint(partial.rejected), ...lengthField(2, Buffer.from(partial.message))];
  return protobufAnswer(200, lengthField(1, partialSuccess));
}

/** An error as google.rpc.Status, in the request's own encoding; in JSON when that is none of OTLP's. */
export function otlpFailure(request: ApiRequest, { details: { status, detail }, headers }: Failure): Response {
  if (encodingOf(request) !== "protobuf") return jsonAnswer(status, { message: detail }, headers);
  return protobufAnswer(status, lengthField(2, Buffer.from(detail)), headers);
}

const jsonAnswer = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  textResponse(JSON.stringify(body), { status, headers: { "Content-Type": TYPES.json, ...headers } });

function protobufAnswer(status: number, bytes: readonly number[], headers: Record<string, string> = {}): Response {
  const body = bytes.length === 0 ? null : Uint8Array.from(bytes);
  return new Response(body, { status, headers: { "Content-Type": TYPES.protobuf, ...headers } });
}

/** A text or message as a field of wire type 2. */
const lengthField = (field: number, bytes: ArrayLike<number> & Iterable<number>): number[] => [
  field * 8 + 2,
  ...varint(bytes.length),
  ...bytes,
];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}
