import { boundedFields, cleanText } from "@/lib/errors/normalise/read-values";
import type { ScrubSettings } from "@/lib/errors/scrub/scrub-settings";
import { scrubberOf } from "@/lib/errors/scrub/scrubber";
import type { RawLog } from "./raw-log";

/** A line on its way into the database: scrubbed, storable, bounded. */
export interface LogRow {
  ms: number;
  projectId: number | null;
  severity: number;
  service: string;
  message: string;
  /** JSON. */
  attributes: string;
  traceId: string | null;
  spanId: string | null;
}

const MAX_MESSAGE = 16_384;
const MAX_ATTRIBUTES = 64 * 1024;
const BOUNDS = { depth: 6, keys: 128, list: 100, text: 8_192 };
const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

/** @param now a time ahead becomes it. Pure. */
export function toLogRow(log: RawLog, project: { id: number | null; scrub: ScrubSettings }, now: Date): LogRow {
  const scrubber = scrubberOf(project.scrub);
  const attributes = JSON.stringify(scrubber.value(boundedFields(log.attributes, BOUNDS) ?? {}));
  const traceId = log.traceId.toLowerCase().replaceAll("-", "");
  const spanId = log.spanId.toLowerCase();
  return {
    ms: Math.min(log.ms ?? now.getTime(), now.getTime()),
    projectId: project.id,
    severity: log.severity,
    service: scrubber.text(cleanText(log.service, 200)),
    message: scrubber.text(cleanText(log.message, MAX_MESSAGE)),
    attributes:
      attributes.length > MAX_ATTRIBUTES ? '{"watchkeeper.omitted":"attributes of more than 64 KiB"}' : attributes,
    traceId: TRACE_ID.test(traceId) ? traceId : null,
    spanId: SPAN_ID.test(spanId) ? spanId : null,
  };
}
