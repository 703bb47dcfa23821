import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { groupBy } from "@/lib/core/group-by";
import { isProblem } from "@/lib/core/errors";
import type { NormalEvent } from "@/lib/errors/event";
import { normaliseEvent } from "@/lib/errors/normalise/normalise-event";
import { ensureProject, findDestination } from "@/lib/errors/projects/find-destination";
import type { Destination } from "@/lib/errors/projects/find-key";
import { DEFAULT_SCRUB } from "@/lib/errors/scrub/scrub-settings";
import { storeEvents } from "@/lib/errors/store/store-events";
import { takeQuota } from "@/lib/errors/store/quota";
import { errorOfLog } from "./error-of-log";
import { toLogRow } from "./log-row";
import { logWriterOf } from "./log-writer";
import type { RawLog } from "./raw-log";

/** Where errors go that logs tell of without naming a project. */
export const DEFAULT_PROJECT = "Default";

/** What was not stored, and why. */
export interface LogRejection {
  count: number;
  message: string;
}

/**
 * Stores lines of logs; those of severity ERROR and above that tell of an exception become error events too. The project is
 * that of the sender's key, or the one that the line or the caller names.
 * @param named the project where a line names none: its number or name
 * @returns undefined when all was stored
 * @throws Problem forbidden; overloaded when more waits than can be stored soon
 */
export async function receiveLogs(
  context: Context,
  logs: readonly RawLog[],
  named = "",
): Promise<LogRejection | undefined> {
  authorize(context.actor, "logs:write");
  const now = context.now();
  const projectOf = await findProjects(context, logs, named);
  const rows = logs.map((log) => toLogRow(log, projectOf(log) ?? { id: null, scrub: DEFAULT_SCRUB }, now));
  const refusals = await logWriterOf(context).write(rows);
  await storeErrors(
    context,
    logs.filter((_, i) => refusals[i] === undefined),
    projectOf,
  );
  const reasons = refusals.filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : { count: reasons.length, message: [...new Set(reasons)].join("; ") };
}

type ProjectOf = (log: RawLog) => Destination | undefined;

async function findProjects(context: Context, logs: readonly RawLog[], named: string): Promise<ProjectOf> {
  const { actor } = context;
  if (actor.kind === "project") {
    const own = (await findDestination(context, actor.projectId)) ?? undefined;
    return () => own;
  }
  const known = new Map<string, Destination | undefined>();
  for (const name of new Set(logs.map(({ project }) => project || named)))
    known.set(name, name === "" ? undefined : ((await findDestination(context, name)) ?? undefined));
  return ({ project }) => known.get(project || named);
}

/** The lines are stored by now: what goes wrong with their errors must not make the sender send them again. */
async function storeErrors(context: Context, logs: readonly RawLog[], projectOf: ProjectOf): Promise<void> {
  const errors = logs.flatMap((log) => {
    const payload = errorOfLog(log);
    const event = payload && normaliseEvent(payload, { now: context.now() });
    return event ? [{ event, project: projectOf(log) }] : [];
  });
  for (const [project, those] of groupBy(errors, (error) => error.project)) {
    const destination = project ?? (await ensureProject(context, DEFAULT_PROJECT));
    const events: NormalEvent[] = those.map(({ event }) => event);
    if (takeQuota(context, destination, events.length) !== undefined) continue;
    try {
      await storeEvents(context, destination, events);
    } catch (error) {
      if (!isProblem(error)) throw error;
      context.log.warn({ error: error.message, events: events.length }, "errors that logs tell of were not stored");
    }
  }
}

/** Asked by a receiver before it reads a body that would be refused anyway. */
export const isFullOfLogs = (context: Context): boolean => logWriterOf(context).isFull();
