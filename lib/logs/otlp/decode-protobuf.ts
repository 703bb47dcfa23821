import type { Attribute } from "@/lib/metrics/otlp/attributes";
import { readAnyValue, readKeyValue } from "@/lib/metrics/otlp/decode-protobuf";
import { toMs } from "@/lib/metrics/otlp/model";
import {
  nextField,
  type Reader,
  readBytes,
  readerOf,
  readFixed64,
  readMessage,
  readText,
  readUint,
  skipField,
} from "@/lib/metrics/otlp/protobuf";
import type { LogRecord, VisitLog } from "./to-raw-log";

type Attributes = Record<string, Attribute>;

/**
 * Reads an ExportLogsServiceRequest (opentelemetry/proto/collector/logs/v1) in its binary form, record by record.
 * @throws DecodeFault when the frame around the records is broken
 */
export function decodeProtobufLogs(bytes: Buffer, visit: VisitLog): void {
  const request = readerOf(bytes);
  while (nextField(request)) {
    if (request.field === 1) readResourceLogs(readMessage(request), visit);
    else skipField(request);
  }
}

/** Fields may come in any order, and what stands around the records is needed first: so each message is gone over twice. */
function readResourceLogs(reader: Reader, visit: VisitLog): void {
  const start = reader.at;
  let resource: Attributes = {};
  while (nextField(reader)) {
    if (reader.field === 1) resource = readAttributes(readMessage(reader), 1);
    else skipField(reader);
  }
  reader.at = start;
  while (nextField(reader)) {
    if (reader.field === 2) readScopeLogs(readMessage(reader), resource, visit);
    else skipField(reader);
  }
}

function readScopeLogs(reader: Reader, resource: Attributes, visit: VisitLog): void {
  const start = reader.at;
  let scope = "";
  while (nextField(reader)) {
    if (reader.field === 1) scope = readScopeName(readMessage(reader));
    else skipField(reader);
  }
  reader.at = start;
  while (nextField(reader)) {
    if (reader.field !== 2) skipField(reader);
    else {
      const record = readMessage(reader);
      visit({ resource, scope }, () => readRecord(record));
    }
  }
}

/** @param field the number of its attributes */
function readAttributes(reader: Reader, field: number): Attributes {
  const attributes: [string, Attribute][] = [];
  while (nextField(reader)) {
    if (reader.field === field) readKeyValue(readMessage(reader), attributes);
    else skipField(reader);
  }
  return Object.fromEntries(attributes);
}

function readScopeName(reader: Reader): string {
  let name = "";
  while (nextField(reader)) {
    if (reader.field === 1) name = readText(reader);
    else skipField(reader);
  }
  return name;
}

function readRecord(reader: Reader): LogRecord {
  const attributes: [string, Attribute][] = [];
  const record: LogRecord = {
    ms: undefined,
    observedMs: undefined,
    severityNumber: 0,
    severityText: "",
    body: null,
    attributes: {},
    traceId: "",
    spanId: "",
    eventName: "",
  };
  while (nextField(reader)) {
    if (reader.field === 1) record.ms = toMs(readFixed64(reader));
    else if (reader.field === 2) record.severityNumber = readUint(reader);
    else if (reader.field === 3) record.severityText = readText(reader);
    else if (reader.field === 5) record.body = readAnyValue(readMessage(reader), 0);
    else if (reader.field === 6) readKeyValue(readMessage(reader), attributes);
    else if (reader.field === 9) record.traceId = readBytes(reader).toString("hex");
    else if (reader.field === 10) record.spanId = readBytes(reader).toString("hex");
    else if (reader.field === 11) record.observedMs = toMs(readFixed64(reader));
    else if (reader.field === 12) record.eventName = readText(reader);
    else skipField(reader);
  }
  record.attributes = Object.fromEntries(attributes);
  return record;
}
