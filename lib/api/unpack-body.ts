import * as zlib from "node:zlib";
import { z } from "zod";
import { tooLong } from "./read-body";
import { HttpFault } from "./respond";

type Unpack = (packed: Buffer, options: { maxOutputLength: number }) => Buffer;

const unpacker = z.custom<Unpack>((value) => typeof value === "function");
/** Node has it from 22.15 on. */
const zstd = unpacker.safeParse(Reflect.get(zlib, "zstdDecompressSync")).data;

/** With zlib's header or without: both are sent as "deflate". */
const deflate: Unpack = (packed, options) =>
  hasZlibHeader(packed) ? zlib.inflateSync(packed, options) : zlib.inflateRawSync(packed, options);

const hasZlibHeader = (bytes: Buffer): boolean =>
  bytes.length >= 2 && ((bytes[0] ?? 0) & 15) === 8 && bytes.readUInt16BE(0) % 31 === 0;

const UNPACK = new Map<string, Unpack>([
  ["gzip", (packed, options) => zlib.gunzipSync(packed, options)],
  ["x-gzip", (packed, options) => zlib.gunzipSync(packed, options)],
  ["deflate", deflate],
  ["br", (packed, options) => zlib.brotliDecompressSync(packed, options)],
  ...(zstd ? [["zstd", zstd] as const] : []),
]);

/**
 * A body as it was before it was packed. At once and not on another thread: what one request unpacks to is used up before
 * the next is looked at.
 * @param encoding the header Content-Encoding
 * @param maxBytes whole MiB
 * @throws HttpFault 415 for a packing that is not known, 413 when it unpacks to more, 400 when it can't be unpacked
 */
export function unpackBody(packed: Buffer, encoding: string | null, maxBytes: number): Buffer {
  const name = (encoding ?? "").trim().toLowerCase();
  if (name === "" || name === "identity") return packed;
  const unpack = UNPACK.get(name);
  if (!unpack) throw new HttpFault(415, `Send the body packed by ${[...UNPACK.keys()].join(", ")}, or as it is.`);
  try {
    return unpack(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLong(maxBytes);
    throw new HttpFault(400, `The body is not ${name}, though its Content-Encoding says so.`);
  }
}
