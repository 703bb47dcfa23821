import { z } from "zod";
import { formatCount, formatDuration } from "@/lib/core/format";
import { LEVELS, type Level } from "@/lib/errors/event";
import { defineSource, type PastReadings, type Reading } from "../define-source";

const config = z
  .strictObject({
    projects: z.array(z.string().min(1).max(120)).max(500).default([]).meta({
      title: "Projects",
      description: "Their names. Where empty, every project.",
    }),
    minimumLevel: z.enum(LEVELS).default("error").meta({ title: "Level of at least" }),
    newErrors: z.boolean().default(true).meta({ title: "New errors", description: "One that was never seen before." }),
    regressed: z.boolean().default(true).meta({
      title: "Errors that come back",
      description: "One that was resolved and happens again.",
    }),
    quietSeconds: z
      .int("must be a whole number")
      .min(300, "must be at least 300 seconds")
      .max(604_800, "must be at most 604,800 seconds (a week)")
      .default(3_600)
      .meta({
        title: "Over when quiet for",
        description: "Seconds without an event. It is over too when the error is resolved or ignored.",
      }),
  })
  .refine(({ newErrors, regressed }) => newErrors || regressed, {
    path: ["newErrors"],
    message: "must be on where errors that come back are off",
  });

type Config = z.output<typeof config>;

/** An error as the rule sees it. */
export interface GroupRow {
  id: string;
  project: string;
  type: string;
  value: string;
  culprit: string;
  level: Level;
  status: "open" | "resolved" | "ignored";
  createdAt: Date;
  regressedAt: Date | null;
  lastSeenAt: Date;
  events: number;
  users: number;
}

const FIELDS = `g.id, p.name AS project, g.type, g.value, g.culprit, g.level, g.status, g.created_at AS "createdAt",
  g.regressed_at AS "regressedAt", g.last_seen_at AS "lastSeenAt", g.event_count::float8 AS events, g.user_count AS users`;

/** So many errors at most: where grouping went wrong, thousands are new, and a person needs no alert of each. */
const MAX_GROUPS = 1_000;

/** What is news, and what an alert is open of; the oldest first, so that what fires stays among them. */
const READ = `
  SELECT ${FIELDS} FROM error_groups g JOIN projects p ON p.id = g.project_id
  WHERE g.created_at > $1 OR g.regressed_at > $1 OR g.id = ANY (ARRAY(
    SELECT CASE WHEN labels ->> 'error' ~ '^[0-9a-f-]{36}$' THEN (labels ->> 'error')::uuid END FROM alerts
    WHERE source = 'error-group' AND open_fingerprint IS NOT NULL))
  ORDER BY coalesce(g.regressed_at, g.created_at), g.id LIMIT ${MAX_GROUPS}`;

const MAX_VALUE = 120;
const cut = (text: string) => {
  const letters = [...text.replaceAll(/\s+/g, " ")];
  return letters.length > MAX_VALUE ? `${letters.slice(0, MAX_VALUE - 1).join("")}…` : letters.join("");
};

/** Since when an error is what the rule asks for, and as what; undefined: it never was. Pure. */
function newsOf({ newErrors, regressed }: Config, { createdAt, regressedAt }: GroupRow) {
  if (regressed && regressedAt !== null) return { kind: "regressed", at: regressedAt } as const;
  return newErrors ? ({ kind: "new", at: createdAt } as const) : undefined;
}

/**
 * What an error means for a rule: it begins to fire while it is news, and goes on until it is resolved, ignored or quiet.
 * One that is news no more and happens again fires nothing new. Pure.
 * @returns undefined where the rule is not about it
 */
export function judgeGroup(options: Config, group: GroupRow, now: Date): Reading | undefined {
  const { projects, minimumLevel, quietSeconds } = options;
  const news = newsOf(options, group);
  const isAsked = projects.length === 0 || projects.includes(group.project);
  if (!news || !isAsked || LEVELS.indexOf(group.level) < LEVELS.indexOf(minimumLevel)) return undefined;
  const since = now.getTime() - quietSeconds * 1000;
  // An event that came late is heard of now, however long ago it happened.
  const isQuiet = Math.max(group.lastSeenAt.getTime(), news.at.getTime()) <= since;
  return {
    key: group.id,
    subject: `${nameOf(group)} (${group.project})`,
    labels: { error: group.id, project: group.project, level: group.level, news: news.kind },
    holds: group.status === "open" && !isQuiet,
    isBetween: news.at.getTime() <= since,
    value: group.events,
    threshold: null,
    unit: "count",
    summary: summaryOf(group, news.kind, isQuiet ? quietSeconds : undefined),
  };
}

const nameOf = ({ type, value }: GroupRow): string => [type, cut(value)].filter(Boolean).join(": ");

const counted = (count: number, one: string) => `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;

function summaryOf(group: GroupRow, kind: "new" | "regressed", quietSeconds?: number): string {
  const name = nameOf(group);
  if (group.status !== "open") return `${name} is ${group.status}.`;
  if (quietSeconds !== undefined) return `${name} was not seen for ${formatDuration(quietSeconds)}.`;
  const where = group.culprit ? ` in ${cut(group.culprit)}` : "";
  const counts = `${counted(group.events, "event")}, ${counted(group.users, "user")}`;
  return kind === "new" ? `A new error${where}: ${name} (${counts}).` : `It came back${where}: ${name} (${counts}).`;
}

interface PastGroup extends GroupRow {
  resolvedAt: Date | null;
  /** In which it happened, in order. */
  hours: Date[];
}

const READ_PAST = `
  SELECT ${FIELDS}, g.resolved_at AS "resolvedAt", ARRAY(
      SELECT hour FROM error_group_hours h WHERE h.group_id = g.id AND h.hour > $1::timestamptz - interval '1 hour' AND h.hour < $2
      ORDER BY hour) AS hours
  FROM error_groups g JOIN projects p ON p.id = g.project_id
  WHERE (g.created_at >= $1 AND g.created_at < $2 OR g.regressed_at >= $1 AND g.regressed_at < $2)
    AND ($3::text[] = '{}' OR p.name = ANY($3))
  ORDER BY coalesce(g.regressed_at, g.created_at) DESC, g.id LIMIT ${MAX_GROUPS}`;

const HOUR_MS = 3_600_000;

/** When an error was news in a range, and when it was over: to the hour, since past events are counted by the hour. Pure. */
function pastOf(options: Config, group: PastGroup, { from, to }: { from: Date; to: Date }): PastReadings[] {
  const news = [
    { at: group.createdAt, asked: options, known: { ...group, regressedAt: null } },
    { at: group.regressedAt, asked: { ...options, newErrors: false }, known: group },
  ];
  return news.flatMap(({ at, asked, known }): PastReadings[] => {
    if (at === null || at < from || at >= to) return [];
    const reading = judgeGroup(asked, { ...known, status: "open" }, at);
    if (!reading) return [];
    const over = overAt(options, group, at);
    return [
      { at, readings: [reading] },
      ...(over < to ? [{ at: over, readings: [{ ...reading, holds: false }] }] : []),
    ];
  });
}

function overAt({ quietSeconds }: Config, { hours, lastSeenAt, resolvedAt }: PastGroup, newsAt: Date): Date {
  const quietMs = quietSeconds * 1000;
  let seenMs = newsAt.getTime();
  for (const hour of hours) {
    const isNext = hour.getTime() + HOUR_MS > seenMs && hour.getTime() - seenMs < quietMs;
    if (isNext) seenMs = Math.max(seenMs, Math.min(hour.getTime() + HOUR_MS, lastSeenAt.getTime()));
  }
  const resolvedMs = resolvedAt !== null && resolvedAt > newsAt ? resolvedAt.getTime() : Infinity;
  return new Date(Math.min(seenMs + quietMs, resolvedMs));
}

export const errorGroup = defineSource({
  label: "New error",
  description:
    "An error that was never seen before, or that comes back after it was resolved; each is an alert of its own.",
  config,
  example: { projects: ["shop"], minimumLevel: "error" },
  followsErrors: true,
  isNews: true,
  subjectPage: ({ error }) => (error === undefined ? undefined : { word: "Error", href: `/errors/${error}` }),
  read: async (rules, { sql, now }) => {
    const longest = Math.max(...rules.map(({ config: { quietSeconds } }) => quietSeconds));
    const { rows } = await sql.query<GroupRow>({
      name: "alerting-errors",
      text: READ,
      values: [new Date(now().getTime() - longest * 1000)],
    });
    return new Map(
      rules.map(({ id, config: options }) => [id, rows.flatMap((row) => judgeGroup(options, row, now()) ?? [])]),
    );
  },
  readPast: async ({ config: options }, { sql }, { from, to }) => {
    const { rows } = await sql.query<PastGroup>(READ_PAST, [from, to, options.projects]);
    return rows
      .flatMap((group) => pastOf(options, group, { from, to }))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  },
});
