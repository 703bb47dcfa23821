import { toWindow } from "@/lib/alerting/maintenance-window";
import { listCheckDurations } from "@/lib/checks/list-check-durations";
import { query } from "@/lib/checks/query";
import { SYSTEM } from "@/lib/core/actor";
import { type Context, asActor } from "@/lib/core/context";
import type { TtlCache } from "@/lib/core/ttl-cache";
import { DEFAULT_SETTINGS } from "./settings";
import type { ComponentFacts, DayFacts, DurationFacts, StatusFacts } from "./status-facts";
import { readStoredFacts } from "./stored-facts";
import { uptimeDayNames } from "./uptime-days";

const HISTORY_MS = 60_000;
const PIECE_MS = 15 * 60_000;
const PIECES = 96;

/**
 * Reads what the public page is built from.
 * @param history keeps days and response times for a minute: they are the most of it, and change least
 * @returns null where the page is switched off
 */
export async function readStatusFacts(context: Context, history: TtlCache): Promise<StatusFacts | null> {
  const { env } = context;
  const stored = await readStoredFacts(context.sql);
  const settings = stored.settings ?? DEFAULT_SETTINGS;
  if (!settings.enabled) return null;
  return {
    ...stored,
    settings,
    url: (env.APP_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, ""),
    ...(await readHistory(context, stored.components, history)),
    windows: stored.windows.flatMap((row) => {
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
