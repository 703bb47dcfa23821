/**
 * PostgreSQL's binary form of one-dimensional arrays, for parameters of `pg` (a Buffer goes over as binary): no number is
 * written as text here and read back there. The layout is that of array_send in PostgreSQL's src/backend/utils/adt/arrayfuncs.c:
 * dimensions, has-nulls, element type, length, lower bound, then each element with its length.
 */
const HEADER = 20;
const INT4 = 23;
const FLOAT8 = 701;
const TIMESTAMPTZ = 1184;
const BYTEA = 17;
const JSONB = 3802;
/** Of jsonb's own binary form (jsonb_recv): the JSON follows it as text. */
const JSONB_VERSION = 1;
/** 2000-01-01, where PostgreSQL's time begins, in ms since 1970. */
const EPOCH_MS = 946_684_800_000;
const TWO_32 = 4_294_967_296;

function arrayOf(type: number, length: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + bytes);
  // An empty array has no dimension.
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return length === 0 ? buffer.subarray(0, 12) : buffer;
}

/** int4[] of one field of rows. */
export function int4Array<Row>(rows: readonly Row[], pick: (row: Row) => number): Buffer {
  const buffer = arrayOf(INT4, rows.length, rows.length * 8);
  let at = HEADER;
  for (const row of rows) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(pick(row), at + 4);
    at += 8;
  }
  return buffer;
}

/** float8[] of one field of rows. */
export function float8Array<Row>(rows: readonly Row[], pick: (row: Row) => number): Buffer {
  const buffer = arrayOf(FLOAT8, rows.length, rows.length * 12);
  let at = HEADER;
  for (const row of rows) {
    buffer.writeInt32BE(8, at);
    buffer.writeDoubleBE(pick(row), at + 4);
    at += 12;
  }
  return buffer;
}

/** timestamptz[] of whole milliseconds since 1970. */
export function timestamptzArray<Row>(rows: readonly Row[], pickMs: (row: Row) => number): Buffer {
  const buffer = arrayOf(TIMESTAMPTZ, rows.length, rows.length * 12);
  let at = HEADER;
  for (const row of rows) {
    const micros = (pickMs(row) - EPOCH_MS) * 1000;
    const high = Math.floor(micros / TWO_32);
    buffer.writeInt32BE(8, at);
    buffer.writeInt32BE(high, at + 4);
    buffer.writeUInt32BE(micros - high * TWO_32, at + 8);
    at += 12;
  }
  return buffer;
}

/** bytea[] of one field of rows. */
export function byteaArray<Row>(rows: readonly Row[], pick: (row: Row) => Uint8Array): Buffer {
  const bytes = rows.reduce((sum, row) => sum + 4 + pick(row).byteLength, 0);
  const buffer = arrayOf(BYTEA, rows.length, bytes);
  let at = HEADER;
  for (const row of rows) {
    const element = pick(row);
    buffer.writeInt32BE(element.byteLength, at);
    buffer.set(element, at + 4);
    at += 4 + element.byteLength;
  }
  return buffer;
}

/** jsonb[] of texts of JSON; as a text, an array of them is escaped here and unescaped there, which takes four times as long. */
export function jsonbArray<Row>(rows: readonly Row[], pick: (row: Row) => string): Buffer {
  const texts = rows.map((row) => Buffer.from(pick(row), "utf8"));
  const bytes = texts.reduce((sum, text) => sum + 5 + text.byteLength, 0);
  const buffer = arrayOf(JSONB, rows.length, bytes);
  let at = HEADER;
  for (const text of texts) {
    buffer.writeInt32BE(text.byteLength + 1, at);
    buffer[at + 4] = JSONB_VERSION;
    buffer.set(text, at + 5);
    at += 5 + text.byteLength;
  }
  return buffer;
}
