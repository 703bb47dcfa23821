import "server-only";
import { cache } from "react";
import { z } from "zod";
import { may } from "@/lib/core/actor";
import { isProblem } from "@/lib/core/errors";
import { isStorable } from "@/lib/core/storable";
import { type ErrorEvent, getEvent, getLatestEvent } from "@/lib/errors/events/get-event";
import { type GroupStory, getGroup } from "@/lib/errors/groups/get-group";
import type { ErrorGroup } from "@/lib/errors/groups/group";
import { GROUP_SORTS, countGroups, listGroups } from "@/lib/errors/groups/list-groups";
import { listTrends } from "@/lib/errors/groups/list-trends";
import { getProject, listProjects } from "@/lib/errors/projects/list-projects";
import type { Project } from "@/lib/errors/projects/project";
import { listLeads } from "@/lib/incidents/list-leads";
import { type LogLine, listLogs } from "@/lib/logs/list-logs";
import { listLogsAround } from "@/lib/logs/list-logs-around";
import { LOG_LEVELS } from "@/lib/logs/severity";
import { LIVE_TTL_MS, liveCache } from "./live-cache";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

const PAGE = 50;
const words = z.string().trim().max(500).refine(isStorable);
const project = z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined);
const cursor = z.string().max(500).optional().catch(undefined);

/** What is shown where the address names no search. */
export const USUAL_QUERY = "is:unresolved";

/** What the address of the list says; what it gets wrong is left out. */
const errorFilter = z.object({
  query: words.optional().catch(undefined),
  project,
  sort: z.enum(GROUP_SORTS).catch("last-seen"),
  cursor,
});
export type ErrorListFilter = z.output<typeof errorFilter>;

export const parseErrorListFilter = (address: unknown): ErrorListFilter => errorFilter.parse(address);

export interface ErrorList {
  items: (ErrorGroup & { trend: number[] })[];
  next: string | null;
  counts: Awaited<ReturnType<typeof countGroups>>;
  projects: Project[];
  /** What is wrong with what was searched for; the list is empty then. */
  fault: string | null;
  mayEdit: boolean;
  isAdmin: boolean;
}

/** One page of the list: five statements of its own. */
export async function readErrorList({ query = USUAL_QUERY, ...filter }: ErrorListFilter): Promise<ErrorList> {
  const context = await pageContext();
  const [counts, projects, found] = await Promise.all([
    liveCache().get("errors counts", LIVE_TTL_MS, () => countGroups(context)),
    listProjects(context),
    listGroups(context, { query, ...filter, limit: PAGE }).catch(faultOf),
  ]);
  const trends = await listTrends(context, { ids: found.items.map(({ id }) => id) });
  return {
    items: found.items.map((group) => ({ ...group, trend: trends.get(group.id) ?? [] })),
    next: found.next,
    counts,
    projects,
    fault: "fault" in found ? found.fault : null,
    mayEdit: may(context.actor, "errors:write"),
    isAdmin: may(context.actor, "admin"),
  };
}

export interface ErrorDetail {
  group: GroupStory;
  /** The one that the address names, else the latest; null when none is kept any more. */
  event: ErrorEvent | null;
  people: Awaited<ReturnType<typeof listLeads>>;
  now: number;
  mayEdit: boolean;
}

/** An error with one of its events; an unknown one is a page that does not exist. Once a request. */
export const readErrorPage = cache(async (id: string, eventId: string | undefined): Promise<ErrorDetail> => {
  const context = await pageContext();
  const [group, event, people] = await Promise.all([
    getGroup(context, { id }).catch(orNotFound),
    (eventId === undefined ? getLatestEvent(context, { groupId: id }) : getEvent(context, { id: eventId })).catch(
      orNotFound,
    ),
    listLeads(context),
  ]);
  return {
    group,
    // An event that was merged away is shown with the error it belongs to now.
    event: event && event.groupId === group.id ? event : null,
    people,
    now: context.now().getTime(),
    mayEdit: may(context.actor, "errors:write"),
  };
});

/** The lines of logs around an event. */
export async function readLogsAround(eventId: string) {
  return listLogsAround(await pageContext(), { eventId });
}

/** Every project, and whether the viewer may change them. */
export async function readProjects() {
  const context = await pageContext();
  return { projects: await listProjects(context), isAdmin: may(context.actor, "admin") };
}

const LOGS_MS = 3_600_000;

/** A project with what has come of it: neither an error nor logs while the first event is waited for. */
export async function readProject(id: string) {
  const context = await pageContext();
  const found = await getProject(context, { id }).catch(orNotFound);
  const { items } = await listGroups(context, { project: found.id, limit: 1 });
  const [latest = null] = items;
  // Lines are not looked up by their project: only where something came that was no error, and not far back.
  const from = new Date(context.now().getTime() - LOGS_MS);
  const isUsed = found.keys.some(({ lastUsedAt }) => lastUsedAt !== null);
  const logs = latest === null && isUsed ? await listLogs(context, { project: found.id, from, limit: 1 }) : null;
  return { project: found, latest, hasLogs: (logs?.items.length ?? 0) > 0, isAdmin: may(context.actor, "admin") };
}

/** The spans that the logs page offers, in ms. */
export const LOG_RANGES = {
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
  "30d": 2_592_000_000,
};

const logFilter = z.object({
  query: words.catch(""),
  level: z.enum(LOG_LEVELS).optional().catch(undefined),
  range: z.enum(["1h", "6h", "24h", "7d", "30d"]).catch("24h"),
  trace: z.string().trim().max(64).refine(isStorable).optional().catch(undefined),
  /** When something happened: then the range does not count. */
  around: z.iso.datetime().optional().catch(undefined),
  project,
  cursor,
});
export type LogFilter = z.output<typeof logFilter>;

export const parseLogFilter = (address: unknown): LogFilter => logFilter.parse(address);

export interface LogList {
  items: LogLine[];
  next: string | null;
  fault: string | null;
  projects: Project[];
}

/** How far around a time the logs are shown; a trace may have begun long before. */
const AROUND_MS = 300_000;
const TRACE_AROUND_MS = 3_600_000;

/** One page of the logs, the latest first. */
export async function readLogList({
  query,
  level,
  range,
  trace,
  around,
  project: of,
  cursor: from,
}: LogFilter): Promise<LogList> {
  const context = await pageContext();
  const now = context.now().getTime();
  const middle = around === undefined ? undefined : Date.parse(around);
  const reach = trace === undefined ? AROUND_MS : TRACE_AROUND_MS;
  const span =
    middle === undefined
      ? { from: new Date(now - LOG_RANGES[range]) }
      : { from: new Date(middle - reach), to: new Date(middle + reach) };
  const [projects, found] = await Promise.all([
    listProjects(context),
    listLogs(context, { query, level, traceId: trace, project: of, cursor: from, ...span, limit: 200 }).catch(faultOf),
  ]);
  return { ...found, projects, fault: "fault" in found ? found.fault : null };
}

/** A search that is wrong finds nothing, and says why. @throws what is another error */
function faultOf(error: unknown) {
  if (!isProblem(error) || error.kind !== "invalid") throw error;
  return { items: [], next: null, fault: error.issues.map(({ message }) => message).join("; ") || error.message };
}
