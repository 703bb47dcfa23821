import type { Labels } from "../sample";
import { type Attribute, isResourceLabel, SCOPE_LABEL, toLabels } from "./attributes";
import {
  type JsonObject,
  optionalNumber,
  readFlag,
  readInteger,
  readList,
  readNumber,
  readNumbers,
  readObject,
  readString,
} from "./json-fields";
import {
  type ExponentialBuckets,
  MAX_BUCKETS,
  MAX_DEPTH,
  MAX_QUANTILES,
  type OtlpPoint,
  toMs,
  type VisitPoint,
} from "./model";
import { DecodeFault } from "./protobuf";

/**
 * Reads an ExportMetricsServiceRequest in its JSON form (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding),
 * point by point. Walked by hand and not by a schema, which would copy all of it.
 * @throws DecodeFault when the frame around the points is not what it should be
 */
export function decodeJson(body: unknown, visit: VisitPoint): void {
  for (const resourceMetrics of objects(readObject(body, "the body"), "resourceMetrics")) {
    const resource = labelsOf(child(resourceMetrics, "resource"), isResourceLabel);
    for (const scopeMetrics of objects(resourceMetrics, "scopeMetrics")) {
      const scope = readString(child(scopeMetrics, "scope"), "name");
      const labels = scope === "" ? resource : { ...resource, [SCOPE_LABEL]: scope };
      for (const metric of objects(scopeMetrics, "metrics")) readMetric(metric, labels, visit);
    }
  }
}

const POINTS = {
  gauge: readNumberPoint,
  sum: readNumberPoint,
  histogram: readHistogramPoint,
  exponentialHistogram: readExponentialPoint,
  summary: readSummaryPoint,
} as const satisfies Record<string, (point: JsonObject) => OtlpPoint>;

function readMetric(json: JsonObject, labels: Labels, visit: VisitPoint): void {
  const name = readString(json, "name");
  const unit = readString(json, "unit");
  for (const [kind, readPoint] of Object.entries(POINTS)) {
    const data = child(json, kind);
    const metric = {
      name,
      unit,
      labels,
      isSum: kind === "sum",
      temporality: readInteger(data, "aggregationTemporality"),
      isMonotonic: readFlag(data, "isMonotonic"),
    };
    for (const point of readList(data, "dataPoints")) visit(metric, () => readPoint(readObject(point, "a data point")));
  }
}

const baseOf = (json: JsonObject) => ({
  startedMs: toMs(readInteger(json, "startTimeUnixNano")),
  ms: toMs(readInteger(json, "timeUnixNano")),
  labels: labelsOf(json),
  flags: readInteger(json, "flags"),
});

function readNumberPoint(json: JsonObject): OtlpPoint {
  const value = optionalNumber(json, "asDouble") ?? (json["asInt"] == null ? undefined : readInteger(json, "asInt"));
  return { type: "number", ...baseOf(json), value };
}

const countsOf = (json: JsonObject) => ({
  count: readInteger(json, "count"),
  sum: optionalNumber(json, "sum"),
  min: optionalNumber(json, "min"),
  max: optionalNumber(json, "max"),
});

function readHistogramPoint(json: JsonObject): OtlpPoint {
  return {
    type: "histogram",
    ...baseOf(json),
    ...countsOf(json),
    bucketCounts: readNumbers(json, "bucketCounts", MAX_BUCKETS),
    explicitBounds: readNumbers(json, "explicitBounds", MAX_BUCKETS),
  };
}

function readExponentialPoint(json: JsonObject): OtlpPoint {
  return {
    type: "exponential",
    ...baseOf(json),
    ...countsOf(json),
    scale: readInteger(json, "scale"),
    zeroCount: readInteger(json, "zeroCount"),
    zeroThreshold: readNumber(json, "zeroThreshold"),
    positive: bucketsOf(child(json, "positive")),
    negative: bucketsOf(child(json, "negative")),
  };
}

function bucketsOf(json: JsonObject): ExponentialBuckets {
  return { offset: readInteger(json, "offset"), counts: readNumbers(json, "bucketCounts", MAX_BUCKETS) };
}

function readSummaryPoint(json: JsonObject): OtlpPoint {
  const quantiles = readList(json, "quantileValues");
  if (quantiles.length > MAX_QUANTILES) throw new DecodeFault(`there are more than ${MAX_QUANTILES} quantiles`);
  return {
    type: "summary",
    ...baseOf(json),
    count: readInteger(json, "count"),
    sum: readNumber(json, "sum"),
    quantiles: quantiles.map((item) => {
      const one = readObject(item, "a quantile");
      return { quantile: readNumber(one, "quantile"), value: readNumber(one, "value") };
    }),
  };
}

const EMPTY: JsonObject = {};

/** A message inside a message; empty where there is none. */
export const child = (json: JsonObject, name: string): JsonObject =>
  json[name] == null ? EMPTY : readObject(json[name], name);

export function* objects(json: JsonObject, name: string): Generator<JsonObject> {
  for (const item of readList(json, name)) yield readObject(item, `each of ${name}`);
}

function labelsOf(json: JsonObject, isWanted?: (key: string) => boolean): Labels {
  return toLabels(readKeyValues(readList(json, "attributes"), 0, isWanted));
}

export function readKeyValues(
  list: readonly unknown[],
  depth: number,
  isWanted: (key: string) => boolean = () => true,
): [string, Attribute][] {
  const entries: [string, Attribute][] = [];
  for (const item of list) {
    const json = readObject(item, "each attribute");
    const key = readString(json, "key");
    if (isWanted(key)) entries.push([key, json["value"] == null ? null : readAnyValue(json["value"], depth)]);
  }
  return entries;
}

export function readAnyValue(value: unknown, depth: number): Attribute {
  if (depth > MAX_DEPTH) throw new DecodeFault(`an attribute is nested more than ${MAX_DEPTH} deep`);
  const json = readObject(value, "an attribute's value");
  if (json["stringValue"] != null) return readString(json, "stringValue");
  if (json["boolValue"] != null) return readFlag(json, "boolValue");
  if (json["intValue"] != null) {
    const number = readInteger(json, "intValue");
    return Number.isSafeInteger(number) ? number : String(json["intValue"]);
  }
  if (json["doubleValue"] != null) return readNumber(json, "doubleValue");
  if (json["arrayValue"] != null)
    return readList(child(json, "arrayValue"), "values").map((item) => readAnyValue(item, depth + 1));
  if (json["kvlistValue"] != null)
    return Object.fromEntries(readKeyValues(readList(child(json, "kvlistValue"), "values"), depth + 1));
  return json["bytesValue"] == null ? null : readString(json, "bytesValue");
}
