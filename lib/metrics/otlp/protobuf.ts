import { isUtf8 } from "node:buffer";

/**
 * A reader of the protocol buffers wire format (https://protobuf.dev/programming-guides/encoding) over hostile bytes: nothing
 * is copied or allocated by a length that the bytes claim, and nothing is read past a message's end.
 */

/** A place in a message, and the field that was met there. */
export interface Reader {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;
  field: number;
  wire: number;
}

/** What can't be read as what it should be: the message says what and where. */
export class DecodeFault extends Error {
  override name = "DecodeFault";
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;
const TWO_32 = 4_294_967_296;

export const readerOf = (bytes: Buffer, at = 0, end = bytes.length): Reader => ({ bytes, at, end, field: 0, wire: 0 });

/**
 * Goes to the next field. @returns false at the message's end
 * @throws DecodeFault for what is no field
 */
export function nextField(reader: Reader): boolean {
  if (reader.at >= reader.end) return false;
  const tag = readVarint(reader);
  reader.field = Math.floor(tag / 8);
  reader.wire = tag % 8;
  if (reader.field < 1 || reader.field > 536_870_911) throw fault(reader, "there is no field of this number");
  return true;
}

/** Passes over a field that is not known here. */
export function skipField(reader: Reader): void {
  if (reader.wire === VARINT) readVarint(reader);
  else if (reader.wire === FIXED64) advance(reader, 8);
  else if (reader.wire === LENGTH) advance(reader, readVarint(reader));
  else if (reader.wire === FIXED32) advance(reader, 4);
  else throw fault(reader, `wire type ${reader.wire} is not known`);
}

/** A message inside the message. */
export function readMessage(reader: Reader): Reader {
  expectWire(reader, LENGTH);
  const from = advance(reader, readVarint(reader));
  return readerOf(reader.bytes, from, reader.at);
}

export function readBytes(reader: Reader): Buffer {
  const { at, end } = readMessage(reader);
  return reader.bytes.subarray(at, end);
}

export function readText(reader: Reader): string {
  const bytes = readBytes(reader);
  const text = bytes.toString("utf8");
  // Only what holds the replacement character may have been wrong.
  if (text.includes("\ufffd") && !isUtf8(bytes)) throw fault(reader, "a text is not UTF-8");
  return text;
}

export function readDouble(reader: Reader): number {
  expectWire(reader, FIXED64);
  return reader.bytes.readDoubleLE(advance(reader, 8));
}

/** A fixed64, to the nearest number. */
export function readFixed64(reader: Reader): number {
  expectWire(reader, FIXED64);
  const at = advance(reader, 8);
  return reader.bytes.readUInt32LE(at + 4) * TWO_32 + reader.bytes.readUInt32LE(at);
}

/** An sfixed64, to the nearest number. */
export function readSignedFixed64(reader: Reader): number {
  expectWire(reader, FIXED64);
  return Number(reader.bytes.readBigInt64LE(advance(reader, 8)));
}

/** A uint32, uint64 or enum, to the nearest number. */
export function readUint(reader: Reader): number {
  expectWire(reader, VARINT);
  return readVarint(reader);
}

/** An int64: a number where it is one exactly, else its digits. */
export function readInt64(reader: Reader): number | string {
  expectWire(reader, VARINT);
  const from = reader.at;
  const value = readVarint(reader);
  if (Number.isSafeInteger(value)) return value;
  let exact = 0n;
  for (let i = reader.at - 1; i >= from; i -= 1) exact = exact * 128n + BigInt((reader.bytes[i] ?? 0) & 127);
  exact = BigInt.asIntN(64, exact);
  const near = Number(exact);
  return Number.isSafeInteger(near) ? near : exact.toString();
}

/** A sint32 (zigzag). */
export function readSint32(reader: Reader): number {
  const value = readUint(reader);
  if (value >= TWO_32) throw fault(reader, "a number has more than 32 bits");
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

export const readBool = (reader: Reader): boolean => readUint(reader) !== 0;

/**
 * A repeated scalar, packed or one by one.
 * @param into what it is added to @param most how many there may be at most
 */
export function readRepeated(
  reader: Reader,
  kind: "double" | "fixed64" | "varint",
  into: number[],
  most: number,
): void {
  const one = kind === "double" ? readDouble : kind === "fixed64" ? readFixed64 : readUint;
  const add = (source: Reader) => {
    if (into.length >= most) throw fault(reader, `there are more than ${most} buckets`);
    into.push(one(source));
  };
  if (reader.wire !== LENGTH) return add(reader);
  const packed = readMessage(reader);
  packed.wire = kind === "varint" ? VARINT : FIXED64;
  while (packed.at < packed.end) add(packed);
}

function readVarint(reader: Reader): number {
  let value = 0;
  for (let i = 0, scale = 1; i < 10; i += 1, scale *= 128) {
    if (reader.at >= reader.end) throw fault(reader, "the message ends within a number");
    const byte = reader.bytes[reader.at++] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
  throw fault(reader, "a number has more than 64 bits");
}

/** @returns where it was before */
function advance(reader: Reader, count: number): number {
  const from = reader.at;
  if (count > reader.end - from)
    throw fault(reader, `${count} bytes are announced where the message has ${reader.end - from} left`);
  reader.at = from + count;
  return from;
}

function expectWire(reader: Reader, wire: number): void {
  if (reader.wire !== wire) throw fault(reader, `wire type ${reader.wire} stands where ${wire} should`);
}

const fault = (reader: Reader, message: string): DecodeFault =>
  new DecodeFault(`field ${reader.field} at byte ${reader.at}: ${message}`);
