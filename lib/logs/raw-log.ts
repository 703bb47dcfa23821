/** A line of a log as a receiver read it, before it is scrubbed and bounded. */
export interface RawLog {
  /** Milliseconds since 1970; undefined: the sender does not say. */
  ms: number | undefined;
  /** OpenTelemetry's, 1 to 24; 0: the sender does not say. */
  severity: number;
  service: string;
  message: string;
  /** Of the resource, the scope and the line; the line's own win. */
  attributes: Readonly<Record<string, unknown>>;
  traceId: string;
  spanId: string;
  /** The project that the sender names: its number or name. */
  project: string;
}
