import type { Labels } from "../sample";
import { type Attribute, isResourceLabel, SCOPE_LABEL, toLabels } from "./attributes";
import {
  type ExponentialBuckets,
  type ExponentialPoint,
  type HistogramPoint,
  MAX_BUCKETS,
  MAX_DEPTH,
  MAX_QUANTILES,
  type NumberPoint,
  type OtlpPoint,
  type SummaryPoint,
  toMs,
  type VisitPoint,
} from "./model";
import {
  DecodeFault,
  nextField,
  type Reader,
  readBool,
  readBytes,
  readDouble,
  readerOf,
  readFixed64,
  readInt64,
  readMessage,
  readRepeated,
  readSignedFixed64,
  readSint32,
  readText,
  readUint,
  skipField,
} from "./protobuf";

/**
 * Reads an ExportMetricsServiceRequest (opentelemetry/proto/collector/metrics/v1) in its binary form, point by point.
 * @throws DecodeFault when the frame around the points is broken: then nobody knows what else it held
 */
export function decodeProtobuf(bytes: Buffer, visit: VisitPoint): void {
  const request = readerOf(bytes);
  while (nextField(request)) {
    if (request.field === 1) readResourceMetrics(readMessage(request), visit);
    else skipField(request);
  }
}

/** Fields may come in any order, and what stands around the points is needed first: so each message is gone over twice, and nothing is kept of it. */
function readResourceMetrics(reader: Reader, visit: VisitPoint): void {
  const start = reader.at;
  let resource: Labels = {};
  while (nextField(reader)) {
    if (reader.field === 1) resource = readResource(readMessage(reader));
    else skipField(reader);
  }
  reader.at = start;
  while (nextField(reader)) {
    if (reader.field === 2) readScopeMetrics(readMessage(reader), resource, visit);
    else skipField(reader);
  }
}

function readResource(reader: Reader): Labels {
  const attributes: [string, Attribute][] = [];
  while (nextField(reader)) {
    if (reader.field === 1) readKeyValue(readMessage(reader), attributes, isResourceLabel);
    else skipField(reader);
  }
  return toLabels(attributes);
}

function readScopeMetrics(reader: Reader, resource: Labels, visit: VisitPoint): void {
  const start = reader.at;
  let scope = "";
  while (nextField(reader)) {
    if (reader.field === 1) scope = readScopeName(readMessage(reader));
    else skipField(reader);
  }
  const labels = scope === "" ? resource : { ...resource, [SCOPE_LABEL]: scope };
  reader.at = start;
  while (nextField(reader)) {
    if (reader.field === 2) readMetric(readMessage(reader), labels, visit);
    else skipField(reader);
  }
}

function readScopeName(reader: Reader): string {
  let name = "";
  while (nextField(reader)) {
    if (reader.field === 1) name = readText(reader);
    else skipField(reader);
  }
  return name;
}

/** By the number of its field in Metric: how a point of that kind is read. */
const POINTS: Readonly<Record<number, (reader: Reader) => OtlpPoint>> = {
  5: readNumberPoint,
  7: readNumberPoint,
  9: readHistogramPoint,
  10: readExponentialPoint,
  11: readSummaryPoint,
};
const SUM = 7;

function readMetric(reader: Reader, labels: Labels, visit: VisitPoint): void {
  let name = "";
  let unit = "";
  let kind = 0;
  let data: Reader | undefined;
  while (nextField(reader)) {
    if (reader.field === 1) name = readText(reader);
    else if (reader.field === 3) unit = readText(reader);
    else if (reader.field in POINTS) {
      kind = reader.field;
      data = readMessage(reader);
    } else skipField(reader);
  }
  const readPoint = POINTS[kind];
  if (!data || !readPoint) return;
  const start = data.at;
  let temporality = 0;
  let isMonotonic = false;
  while (nextField(data)) {
    if (data.field === 2) temporality = readUint(data);
    else if (data.field === 3) isMonotonic = readBool(data);
    else skipField(data);
  }
  const metric = { name, unit, labels, temporality, isMonotonic, isSum: kind === SUM };
  data.at = start;
  while (nextField(data)) {
    if (data.field !== 1) skipField(data);
    else {
      const point = readMessage(data);
      visit(metric, () => readPoint(point));
    }
  }
}

/** What a point has that says nothing. */
const UNSET = { startedMs: undefined, ms: undefined, labels: {}, flags: 0 };

function readNumberPoint(reader: Reader): NumberPoint {
  const attributes: [string, Attribute][] = [];
  const point: NumberPoint = { type: "number", ...UNSET, value: undefined };
  while (nextField(reader)) {
    if (reader.field === 2) point.startedMs = toMs(readFixed64(reader));
    else if (reader.field === 3) point.ms = toMs(readFixed64(reader));
    else if (reader.field === 4) point.value = readDouble(reader);
    else if (reader.field === 6) point.value = readSignedFixed64(reader);
    else if (reader.field === 7) readKeyValue(readMessage(reader), attributes);
    else if (reader.field === 8) point.flags = readUint(reader);
    else skipField(reader);
  }
  point.labels = toLabels(attributes);
  return point;
}

function readHistogramPoint(reader: Reader): HistogramPoint {
  const attributes: [string, Attribute][] = [];
  const bucketCounts: number[] = [];
  const explicitBounds: number[] = [];
  const point: HistogramPoint = {
    type: "histogram",
    ...UNSET,
    count: 0,
    sum: undefined,
    min: undefined,
    max: undefined,
    bucketCounts,
    explicitBounds,
  };
  while (nextField(reader)) {
    if (reader.field === 2) point.startedMs = toMs(readFixed64(reader));
    else if (reader.field === 3) point.ms = toMs(readFixed64(reader));
    else if (reader.field === 4) point.count = readFixed64(reader);
    else if (reader.field === 5) point.sum = readDouble(reader);
    else if (reader.field === 6) readRepeated(reader, "fixed64", bucketCounts, MAX_BUCKETS);
    else if (reader.field === 7) readRepeated(reader, "double", explicitBounds, MAX_BUCKETS);
    else if (reader.field === 9) readKeyValue(readMessage(reader), attributes);
    else if (reader.field === 10) point.flags = readUint(reader);
    else if (reader.field === 11) point.min = readDouble(reader);
    else if (reader.field === 12) point.max = readDouble(reader);
    else skipField(reader);
  }
  point.labels = toLabels(attributes);
  return point;
}

function readExponentialPoint(reader: Reader): ExponentialPoint {
  const attributes: [string, Attribute][] = [];
  const none: ExponentialBuckets = { offset: 0, counts: [] };
  const point: ExponentialPoint = {
    type: "exponential",
    ...UNSET,
    count: 0,
    sum: undefined,
    min: undefined,
    max: undefined,
    scale: 0,
    zeroCount: 0,
    zeroThreshold: 0,
    positive: none,
    negative: none,
  };
  while (nextField(reader)) {
    if (reader.field === 1) readKeyValue(readMessage(reader), attributes);
    else if (reader.field === 2) point.startedMs = toMs(readFixed64(reader));
    else if (reader.field === 3) point.ms = toMs(readFixed64(reader));
    else if (reader.field === 4) point.count = readFixed64(reader);
    else if (reader.field === 5) point.sum = readDouble(reader);
    else if (reader.field === 6) point.scale = readSint32(reader);
    else if (reader.field === 7) point.zeroCount = readFixed64(reader);
    else if (reader.field === 8) point.positive = readBuckets(readMessage(reader));
    else if (reader.field === 9) point.negative = readBuckets(readMessage(reader));
    else if (reader.field === 10) point.flags = readUint(reader);
    else if (reader.field === 12) point.min = readDouble(reader);
    else if (reader.field === 13) point.max = readDouble(reader);
    else if (reader.field === 14) point.zeroThreshold = readDouble(reader);
    else skipField(reader);
  }
  point.labels = toLabels(attributes);
  return point;
}

function readBuckets(reader: Reader): ExponentialBuckets {
  const counts: number[] = [];
  let offset = 0;
  while (nextField(reader)) {
    if (reader.field === 1) offset = readSint32(reader);
    else if (reader.field === 2) readRepeated(reader, "varint", counts, MAX_BUCKETS);
    else skipField(reader);
  }
  return { offset, counts };
}

function readSummaryPoint(reader: Reader): SummaryPoint {
  const attributes: [string, Attribute][] = [];
  const quantiles: { quantile: number; value: number }[] = [];
  const point: SummaryPoint = {
    type: "summary",
    ...UNSET,
    count: 0,
    sum: 0,
    quantiles,
  };
  while (nextField(reader)) {
    if (reader.field === 2) point.startedMs = toMs(readFixed64(reader));
    else if (reader.field === 3) point.ms = toMs(readFixed64(reader));
    else if (reader.field === 4) point.count = readFixed64(reader);
    else if (reader.field === 5) point.sum = readDouble(reader);
    else if (reader.field === 6) quantiles.push(readQuantile(readMessage(reader), quantiles.length));
    else if (reader.field === 7) readKeyValue(readMessage(reader), attributes);
    else if (reader.field === 8) point.flags = readUint(reader);
    else skipField(reader);
  }
  point.labels = toLabels(attributes);
  return point;
}

function readQuantile(reader: Reader, before: number): { quantile: number; value: number } {
  if (before >= MAX_QUANTILES) throw new DecodeFault(`there are more than ${MAX_QUANTILES} quantiles`);
  const read = { quantile: 0, value: 0 };
  while (nextField(reader)) {
    if (reader.field === 1) read.quantile = readDouble(reader);
    else if (reader.field === 2) read.value = readDouble(reader);
    else skipField(reader);
  }
  return read;
}

/** @param isWanted of the others the value is not even looked at */
export function readKeyValue(
  reader: Reader,
  into: [string, Attribute][],
  isWanted?: (key: string) => boolean,
  depth = 0,
): void {
  let key = "";
  let value: Reader | undefined;
  while (nextField(reader)) {
    if (reader.field === 1) key = readText(reader);
    else if (reader.field === 2) value = readMessage(reader);
    else skipField(reader);
  }
  if (isWanted && !isWanted(key)) return;
  into.push([key, value ? readAnyValue(value, depth) : null]);
}

export function readAnyValue(reader: Reader, depth: number): Attribute {
  if (depth > MAX_DEPTH) throw new DecodeFault(`an attribute is nested more than ${MAX_DEPTH} deep`);
  let value: Attribute = null;
  while (nextField(reader)) {
    if (reader.field === 1) value = readText(reader);
    else if (reader.field === 2) value = readBool(reader);
    else if (reader.field === 3) value = readInt64(reader);
    else if (reader.field === 4) value = readDouble(reader);
    else if (reader.field === 5) value = readArray(readMessage(reader), depth + 1);
    else if (reader.field === 6) value = readMap(readMessage(reader), depth + 1);
    else if (reader.field === 7) value = readBytes(reader).toString("base64");
    else skipField(reader);
  }
  return value;
}

function readArray(reader: Reader, depth: number): Attribute[] {
  const values: Attribute[] = [];
  while (nextField(reader)) {
    if (reader.field === 1) values.push(readAnyValue(readMessage(reader), depth));
    else skipField(reader);
  }
  return values;
}

function readMap(reader: Reader, depth: number): Attribute {
  const entries: [string, Attribute][] = [];
  while (nextField(reader)) {
    if (reader.field === 1) readKeyValue(readMessage(reader), entries, undefined, depth);
    else skipField(reader);
  }
  return Object.fromEntries(entries);
}
