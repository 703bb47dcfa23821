import { toWindow } from "@/lib/alerting/maintenance-window";
import { listCheckDurations } from "@/lib/checks/list-check-durations";
import { query } from "@/lib/checks/query";
import { getWorkerLastSeenAt } from "@/lib/checks/worker-seen";
import { SYSTEM } from "@/lib/core/actor";
import { type Context, asActor } from "@/lib/core/context";
import type { TtlCache } from "@/lib/core/ttl-cache";
import type { Prisma } from "@/lib/db/generated/client";
import { DEFAULT_SETTINGS, SETTINGS_FIELDS } from "./settings";
import type { ComponentFacts, DayFacts, DurationFacts, StatusFacts } from "./status-facts";
import { uptimeDayNames } from "./uptime-days";

const HISTORY_MS = 60_000;
const PIECE_MS = 15 * 60_000;
const PIECES = 96;
/** Each has a page of its own; those before them are no longer found. */
const MAX_INCIDENTS = 200;
const MAX_UPDATES = 100;

const COMPONENT_FIELDS = {
  id: true,
  label: true,
  description: true,
  groupName: true,
  showResponseTime: true,
  createdAt: true,
  updatedAt: true,
  checks: {
    select: {
      check: {
        select: {
          id: true,
          key: true,
          type: true,
          status: true,
          pausedAt: true,
          lastResultAt: true,
          intervalSeconds: true,
        },
      },
    },
  },
} as const satisfies Prisma.StatusComponentSelect;

const INCIDENT_FIELDS = {
  id: true,
  number: true,
  title: true,
  status: true,
  severity: true,
  visibility: true,
  startedAt: true,
  resolvedAt: true,
  createdAt: true,
  checks: { select: { checkId: true, impact: true } },
  updates: {
    where: { isPublic: true, source: "update" },
    orderBy: { at: "desc" },
    take: MAX_UPDATES,
    select: { id: true, source: true, at: true, status: true, message: true, isPublic: true },
  },
  postmortem: {
    select: {
      visibility: true,
      publishedAt: true,
      impact: true,
      rootCause: true,
      contributingFactors: true,
      whys: true,
      wentWell: true,
      wentBadly: true,
    },
  },
} as const satisfies Prisma.IncidentSelect;

/**
 * Reads what the public page is built from.
 * @param history keeps days and response times for a minute: they are the most of it, and change least
 * @returns null where the page is switched off
 */
export async function readStatusFacts(context: Context, history: TtlCache): Promise<StatusFacts | null> {
  const { db, env } = context;
  const settings = (await db.statusPage.findFirst({ select: SETTINGS_FIELDS })) ?? DEFAULT_SETTINGS;
  if (!settings.enabled) return null;
  const [rows, incidents, windows, workerLastSeenAt] = await Promise.all([
    db.statusComponent.findMany({
      orderBy: [{ position: "asc" }, { createdAt: "asc" }, { id: "asc" }],
      select: COMPONENT_FIELDS,
    }),
    db.incident.findMany({
      where: { visibility: "public" },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
      take: MAX_INCIDENTS,
      select: INCIDENT_FIELDS,
    }),
    db.maintenanceWindow.findMany({ orderBy: { createdAt: "desc" }, take: 500 }),
    getWorkerLastSeenAt(context),
  ]);
  const components = rows.map(({ checks, ...component }) => ({
    ...component,
    checks: checks.map(({ check }) => check),
  }));
  return {
    settings,
    url: (env.APP_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, ""),
    workerLastSeenAt,
    components,
    ...(await readHistory(context, components, history)),
    incidents,
    windows: windows.flatMap((row) => {
      const window = toWindow(row);
      return window ? [{ window, isPublic: row.isPublic }] : [];
    }),
  };
}

const checkIdsOf = (components: readonly ComponentFacts[]): string[] => [
  ...new Set(components.flatMap(({ checks }) => checks.map(({ id }) => id))),
];

function readHistory(
  context: Context,
  components: readonly ComponentFacts[],
  history: TtlCache,
): Promise<{ days: DayFacts[]; durations: DurationFacts }> {
  const all = checkIdsOf(components);
  const timed = checkIdsOf(components.filter(({ showResponseTime }) => showResponseTime));
  return history.get(`history ${all.join()} ${timed.join()}`, HISTORY_MS, async () => ({
    days: await readDays(context, all),
    durations: await readDurations(context, timed),
  }));
}

async function readDays({ sql, now }: Context, checkIds: readonly string[]): Promise<DayFacts[]> {
  if (checkIds.length === 0) return [];
  return query<DayFacts & { checkId: string }>(sql, "status-page-days", DAYS, [checkIds, uptimeDayNames(now())[0]]);
}

async function readDurations(context: Context, checkIds: readonly string[]): Promise<DurationFacts> {
  const to = new Date((Math.floor(context.now().getTime() / PIECE_MS) + 1) * PIECE_MS);
  const from = new Date(to.getTime() - PIECES * PIECE_MS);
  const asSystem = asActor(context, SYSTEM);
  const byCheck =
    checkIds.length === 0
      ? new Map<string, null[]>()
      : await listCheckDurations(asSystem, { checkIds, from, to, points: PIECES });
  return { from, pieceMs: PIECE_MS, byCheck };
}

const DAYS = `
  SELECT check_id AS "checkId", to_char(day, 'YYYY-MM-DD') AS day, (ok + warning)::int AS up,
    (ok + warning + failed + crashed)::int AS total, down_seconds AS "downSeconds"
  FROM health_check_days WHERE check_id = ANY($1::uuid[]) AND day >= $2::date`;
