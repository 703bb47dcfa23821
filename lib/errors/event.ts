import { z } from "zod";

/** What is kept of an error event: the form that is stored and shown, whatever the SDK sent. */

export const LEVELS = ["debug", "info", "warning", "error", "fatal"] as const;
export type Level = (typeof LEVELS)[number];

const anything = z.record(z.string(), z.unknown());
const pairs = z.array(z.tuple([z.string(), z.string()]));

const frame = z.object({
  function: z.string().optional(),
  module: z.string().optional(),
  /** As short as the SDK has it: `app/cart.py`. */
  filename: z.string().optional(),
  absPath: z.string().optional(),
  line: z.number().optional().catch(undefined),
  column: z.number().optional().catch(undefined),
  /** Of the program itself, not of a library. */
  inApp: z.boolean().catch(true),
  contextLine: z.string().optional(),
  preContext: z.array(z.string()).optional(),
  postContext: z.array(z.string()).optional(),
  vars: anything.optional(),
});
export type Frame = z.output<typeof frame>;

const exception = z.object({
  type: z.string(),
  value: z.string(),
  module: z.string().optional(),
  mechanism: z
    .object({ type: z.string().optional(), handled: z.boolean().optional(), synthetic: z.boolean().optional() })
    .optional(),
  /** From the outermost call to where it broke. */
  frames: z.array(frame).catch([]),
});
export type ExceptionData = z.output<typeof exception>;

const breadcrumb = z.object({
  /** ISO 8601 */
  at: z.string().optional(),
  category: z.string().optional(),
  type: z.string().optional(),
  level: z.string().optional(),
  message: z.string().optional(),
  data: anything.optional(),
});
export type Breadcrumb = z.output<typeof breadcrumb>;

const user = z.object({
  id: z.string().optional(),
  email: z.string().optional(),
  username: z.string().optional(),
  ipAddress: z.string().optional(),
  data: anything.optional(),
});
export type EventUser = z.output<typeof user>;

const request = z.object({
  url: z.string().optional(),
  method: z.string().optional(),
  query: pairs.optional(),
  headers: pairs.optional(),
  cookies: pairs.optional(),
  data: z.unknown().optional(),
  env: anything.optional(),
});

/** A part that can't be read is left out: a project may scrub fields of any name, also those that give a part its form. */
export const eventData = z.object({
  platform: z.string().default(""),
  logger: z.string().optional().catch(undefined),
  serverName: z.string().optional().catch(undefined),
  transaction: z.string().optional().catch(undefined),
  dist: z.string().optional().catch(undefined),
  sdk: z.object({ name: z.string(), version: z.string() }).optional().catch(undefined),
  message: z.object({ text: z.string(), template: z.string().optional() }).optional().catch(undefined),
  /** The cause first, what was caught last. */
  exceptions: z.array(exception).default([]).catch([]),
  /** Where a message was logged, when its SDK says so. */
  messageFrames: z.array(frame).optional().catch(undefined),
  /** The sender's word for what groups it. */
  fingerprint: z.array(z.string()).default([]),
  tags: pairs.default([]).catch([]),
  user: user.optional().catch(undefined),
  request: request.optional().catch(undefined),
  contexts: z.record(z.string(), anything).default({}).catch({}),
  breadcrumbs: z.array(breadcrumb).default([]).catch([]),
  extra: anything.default({}).catch({}),
  modules: z.record(z.string(), z.string()).optional().catch(undefined),
  /** Parts that were left out because the event was too large. */
  omitted: z.array(z.string()).optional().catch(undefined),
});
export type EventData = z.output<typeof eventData>;

/** An event as it was read, before it is scrubbed. */
export interface NormalEvent {
  /** UUID, the sender's. */
  id: string;
  occurredAt: Date;
  level: Level;
  release: string;
  environment: string;
  traceId: string | null;
  data: EventData;
}

/** The exception that was caught; undefined for a message. Pure. */
export const mainException = ({ exceptions }: Pick<EventData, "exceptions">): ExceptionData | undefined =>
  exceptions.at(-1);

/**
 * How it came to nobody's hands: the mechanism that caught what the program did not. It stands at the exception that was
 * caught, or, as SDKs for browsers have it, at the first of the chain. Pure.
 * @returns undefined when the program caught it itself, or nothing says so
 */
export const uncaughtBy = ({ exceptions }: Pick<EventData, "exceptions">): ExceptionData["mechanism"] =>
  exceptions.findLast(({ mechanism }) => mechanism?.handled === false)?.mechanism;
