/**
 * Writes OTLP metrics in protobuf from their JSON form, by the field numbers of opentelemetry/proto/metrics/v1. It knows only
 * how to write, so that it can't share a fault with the reader that it tests.
 */
type Kind =
  | "string"
  | "double"
  | "fixed64"
  | "sfixed64"
  | "int64"
  | "uint32"
  | "sint32"
  | "bool"
  | "bytes"
  | "doubles"
  | "fixed64s"
  | "uint64s";
type Field = [number: number, kind: Kind | string];

const MESSAGES: Record<string, Record<string, Field>> = {
  Request: { resourceMetrics: [1, "ResourceMetrics"] },
  ResourceMetrics: { resource: [1, "Resource"], scopeMetrics: [2, "ScopeMetrics"], schemaUrl: [3, "string"] },
  Resource: { attributes: [1, "KeyValue"] },
  ScopeMetrics: { scope: [1, "Scope"], metrics: [2, "Metric"], schemaUrl: [3, "string"] },
  Scope: { name: [1, "string"], version: [2, "string"], attributes: [3, "KeyValue"] },
  KeyValue: { key: [1, "string"], value: [2, "AnyValue"] },
  AnyValue: {
    stringValue: [1, "string"],
    boolValue: [2, "bool"],
    intValue: [3, "int64"],
    doubleValue: [4, "double"],
    arrayValue: [5, "ArrayValue"],
    kvlistValue: [6, "KeyValueList"],
    bytesValue: [7, "bytes"],
  },
  ArrayValue: { values: [1, "AnyValue"] },
  KeyValueList: { values: [1, "KeyValue"] },
  Metric: {
    name: [1, "string"],
    description: [2, "string"],
    unit: [3, "string"],
    gauge: [5, "Numbers"],
    sum: [7, "Numbers"],
    histogram: [9, "Histogram"],
    exponentialHistogram: [10, "ExponentialHistogram"],
    summary: [11, "Summary"],
  },
  Numbers: { dataPoints: [1, "NumberPoint"], aggregationTemporality: [2, "uint32"], isMonotonic: [3, "bool"] },
  NumberPoint: {
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    asDouble: [4, "double"],
    asInt: [6, "sfixed64"],
    attributes: [7, "KeyValue"],
    flags: [8, "uint32"],
  },
  Histogram: { dataPoints: [1, "HistogramPoint"], aggregationTemporality: [2, "uint32"] },
  HistogramPoint: {
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    bucketCounts: [6, "fixed64s"],
    explicitBounds: [7, "doubles"],
    attributes: [9, "KeyValue"],
    flags: [10, "uint32"],
    min: [11, "double"],
    max: [12, "double"],
  },
  ExponentialHistogram: { dataPoints: [1, "ExponentialPoint"], aggregationTemporality: [2, "uint32"] },
  ExponentialPoint: {
    attributes: [1, "KeyValue"],
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    scale: [6, "sint32"],
    zeroCount: [7, "fixed64"],
    positive: [8, "Buckets"],
    negative: [9, "Buckets"],
    flags: [10, "uint32"],
    min: [12, "double"],
    max: [13, "double"],
    zeroThreshold: [14, "double"],
  },
  Buckets: { offset: [1, "sint32"], bucketCounts: [2, "uint64s"] },
  Summary: { dataPoints: [1, "SummaryPoint"] },
  SummaryPoint: {
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    quantileValues: [6, "Quantile"],
    attributes: [7, "KeyValue"],
    flags: [8, "uint32"],
  },
  Quantile: { quantile: [1, "double"], value: [2, "double"] },
};

/** @param json an ExportMetricsServiceRequest as JSON, its integers as numbers or texts */
export const encodeOtlp = (json: object): Buffer => encode("Request", json);

function encode(message: string, json: object): Buffer {
  const fields = MESSAGES[message] ?? {};
  const parts = Object.entries(json).flatMap(([name, value]: [string, unknown]) => {
    const field = fields[name];
    if (!field || value === undefined) return [];
    const [number, kind] = field;
    if (kind in MESSAGES) {
      const list: unknown[] = Array.isArray(value) ? value : [value];
      return list.map((item) => lengthField(number, encode(kind, typeof item === "object" && item ? item : {})));
    }
    return [encodeScalar(number, kind, value)];
  });
  return Buffer.concat(parts);
}

function encodeScalar(number: number, kind: string, value: unknown): Buffer {
  switch (kind) {
    case "string":
      return lengthField(number, Buffer.from(String(value)));
    case "bytes":
      return lengthField(number, Buffer.from(String(value), "base64"));
    case "bool":
      return Buffer.concat([tag(number, 0), varint(value === true ? 1n : 0n)]);
    case "uint32":
    case "int64":
      return Buffer.concat([tag(number, 0), varint(BigInt.asUintN(64, BigInt(String(value))))]);
    case "sint32":
      return Buffer.concat([tag(number, 0), varint(zigzag(BigInt(String(value))))]);
    case "double":
      return Buffer.concat([tag(number, 1), double(value)]);
    case "fixed64":
    case "sfixed64":
      return Buffer.concat([tag(number, 1), fixed64(value)]);
    case "doubles":
      return lengthField(number, Buffer.concat(listOf(value).map(double)));
    case "fixed64s":
      return lengthField(number, Buffer.concat(listOf(value).map(fixed64)));
    case "uint64s":
      return lengthField(number, Buffer.concat(listOf(value).map((one) => varint(BigInt(String(one))))));
    default:
      throw new Error(`${kind} is no kind of field`);
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const tag = (number: number, wire: number): Buffer => varint(BigInt(number * 8 + wire));
const zigzag = (value: bigint): bigint => (value < 0n ? -2n * value - 1n : 2n * value);

/** A field of wire type 2. */
export function lengthField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([tag(number, 2), varint(BigInt(bytes.length)), bytes]);
}

export function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest /= 128n) bytes.push(Number(rest % 128n) + 128);
  return Buffer.from([...bytes, Number(rest)]);
}

function double(value: unknown): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(Number(value));
  return bytes;
}

function fixed64(value: unknown): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(String(value))));
  return bytes;
}
