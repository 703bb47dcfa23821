import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { decodeCursor, page, type Page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { assertNoFaults, type QueryFault, readTokens } from "@/lib/core/query-tokens";
import { isStorable } from "@/lib/core/storable";
import { createParams, escapeLike, type Params } from "@/lib/errors/groups/query-sql";
import { levelOf, LOG_LEVELS, type LogLevel, severityOf } from "./severity";

const DAY_MS = 86_400_000;
const time = z.coerce.date("must be a time");

export const listLogsInput = z.strictObject({
  query: z
    .string()
    .trim()
    .max(500, "must have at most 500 characters")
    .refine(isStorable, "must not hold a null character or half of a surrogate pair")
    .default("")
    .meta({
      description:
        "Words of the message (whole or their beginnings), and `level:error service:shop trace:… host.name:web-1`: what is no field is an attribute; `!` before a term means not.",
    }),
  level: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`)
    .optional()
    .meta({ description: "This level and above." }),
  service: z.string().max(200).optional(),
  traceId: z.string().max(64).optional(),
  project: z.coerce.number().int().min(1).max(2_147_483_647).optional().meta({ description: "A project's number." }),
  from: time.optional().meta({ description: "A day before `to` where left out." }),
  to: time.optional().meta({ description: "Now where left out." }),
  after: z
    .string()
    .regex(/^\d{1,19}$/, "must be the id of a line")
    .optional()
    .meta({ description: "Only lines stored after the one of this id: for a live tail." }),
  ...page,
});
const keys = z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,19}$/)]);

export interface LogLine {
  id: string;
  at: Date;
  /** OpenTelemetry's severity number. */
  severity: number;
  level: LogLevel;
  service: string;
  message: string;
  attributes: Record<string, unknown>;
  traceId: string | null;
  spanId: string | null;
  projectId: number | null;
}

const row = z.object({
  id: z.string(),
  at: z.date(),
  severity: z.number(),
  service: z.string(),
  message: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  projectId: z.number().nullable(),
});

export const LOG_COLUMNS = `
  id::text, at, severity, service, message, attributes, trace_id AS "traceId", span_id AS "spanId", project_id AS "projectId"`;

/** @param stored a row of LOG_COLUMNS */
export function toLogLine(stored: unknown): LogLine {
  const line = row.parse(stored);
  return { ...line, level: levelOf(line.severity) };
}

/** Lines of logs by what is searched, the latest first. @throws Problem forbidden, invalid with each fault of the query at its place */
export async function listLogs(context: Context, input: z.input<typeof listLogsInput> = {}): Promise<Page<LogLine>> {
  authorize(context.actor, "read");
  const { query, limit, cursor, ...filter } = parseInput(listLogsInput, input, "The query");
  const to = filter.to ?? context.now();
  const from = filter.from ?? new Date(to.getTime() - DAY_MS);
  const params = createParams();
  const where = [`at >= ${params.add(from)}`, `at <= ${params.add(to)}`, ...conditionsOf(query, params)];
  if (filter.level) where.push(`severity >= ${params.add(severityOf(filter.level))}`);
  if (filter.service !== undefined) where.push(`service = ${params.add(filter.service)}`);
  if (filter.traceId !== undefined) where.push(`trace_id = ${params.add(filter.traceId.toLowerCase())}`);
  if (filter.project !== undefined) where.push(`project_id = ${params.add(filter.project)}`);
  if (filter.after !== undefined) where.push(`id > ${params.add(filter.after)}::bigint`);
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(keys, cursor);
    where.push(`(at, id) < (${params.add(at)}::timestamptz, ${params.add(id)}::bigint)`);
  }
  const { rows } = await context.sql.query(
    `SELECT ${LOG_COLUMNS} FROM log_lines WHERE ${where.join(" AND ")} ORDER BY at DESC, log_lines.id DESC LIMIT ${limit + 1}`,
    params.values,
  );
  return toPage(rows.map(toLogLine), limit, ({ at, id }) => [at.toISOString(), id]);
}

/** @throws Problem invalid */
function conditionsOf(query: string, params: Params): string[] {
  const faults: QueryFault[] = [];
  const conditions = [...readTokens(query, faults)].flatMap((token) => {
    const { key, value, not, at, length } = token;
    if (key === "" && value === "") return [];
    const condition = conditionOf(key, value, params);
    if (condition === undefined) {
      faults.push({ at, length, message: `must be one of ${LOG_LEVELS.map((level) => `level:${level}`).join(", ")}` });
      return [];
    }
    return [not ? `NOT (${condition})` : condition];
  });
  assertNoFaults(query, faults);
  return conditions;
}

function conditionOf(key: string, value: string, params: Params): string | undefined {
  switch (key.toLowerCase()) {
    case "":
      return wordsOf(value, params);
    case "level": {
      const level = LOG_LEVELS.find((one) => one === value.toLowerCase());
      return level && `severity BETWEEN ${params.add(severityOf(level))} AND ${params.add(severityOf(level) + 3)}`;
    }
    case "service":
      return `service = ${params.add(value)}`;
    case "trace":
    case "trace_id":
    case "traceid":
      return `trace_id = ${params.add(value.toLowerCase())}`;
    default:
      return `attributes ->> ${params.add(key)} = ${params.add(value)}`;
  }
}

/** By the index of words where it has letters or digits: these, one after the other, of the last the beginning. */
function wordsOf(text: string, params: Params): string {
  const words = text.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (words === "") return `message LIKE ${params.add(`%${escapeLike(text)}%`)}`;
  return `log_words(message) @@ to_tsquery('simple', ${params.add(`'${words}':*`)})`;
}
