import { Cron } from "croner";
import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { writeAudit } from "@/lib/access/audit";
import { isTimeZone } from "@/lib/metrics/query/local-days";
import { moment } from "@/lib/metrics/sample";
import { actorName } from "../acknowledge-alert";
import { type MaintenanceWindow, type Span, activeSpan, nextSpans, toWindow } from "../maintenance-window";
import { alertMatchers } from "../matchers";
import { notifyAlerts } from "../notify-alerts";

/** A window as it is shown. */
export interface ShownWindow extends MaintenanceWindow {
  /** Announced on the status page, by its name and description. */
  isPublic: boolean;
  /** Open now, until then. */
  active: Span | null;
  /** The next times, the present one too. */
  next: Span[];
}

const SHOWN_TIMES = 3;

const isCron = (line: string): boolean => {
  try {
    return new Cron(line, { mode: "5-part" }).nextRun() !== null;
  } catch {
    return false;
  }
};

const duration = z
  .int("must be a whole number of minutes")
  .min(1, "must be at least 1 minute")
  .max(10_080, "must be at most 10,080 minutes (a week)");

export const maintenanceInput = z
  .strictObject({
    label: z.string("is required").trim().min(1, "is required").max(120, "must have at most 120 characters"),
    description: z.string().trim().max(2_000, "must have at most 2,000 characters").default(""),
    matchers: alertMatchers
      .default([])
      .meta({ description: "Of alerts; a check is check=its-key. Empty: everything." }),
    recurrence: z.enum(["once", "weekly", "cron"], "must be once, weekly or cron"),
    timezone: z
      .string()
      .refine(isTimeZone, "must be a time zone like Europe/Berlin")
      .default("UTC")
      .meta({ description: "Where `startTime` and `cron` are read." }),
    startsAt: moment
      .nullable()
      .default(null)
      .meta({ description: "Of `once`: when it begins. Else it recurs from then on." }),
    endsAt: moment
      .nullable()
      .default(null)
      .meta({ description: "Of `once`: when it ends. Else it recurs until then." }),
    weekdays: z.array(z.int().min(1).max(7)).max(7).default([]).meta({ description: "Of `weekly`: 1 (Monday) to 7." }),
    startTime: z
      .string()
      .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, "must be a time like 22:30")
      .nullable()
      .default(null)
      .meta({ description: "Of `weekly`." }),
    cron: z
      .string()
      .trim()
      .max(100)
      .refine(isCron, "must be a cron line of five fields, like 0 3 * * 0")
      .nullable()
      .default(null)
      .meta({ description: "Of `cron`: when it begins." }),
    durationMinutes: duration.nullable().default(null).meta({ description: "Of `weekly` and `cron`." }),
    isPublic: z
      .boolean()
      .default(false)
      .meta({ description: "Announced on the status page, by its name and description." }),
  })
  .superRefine((window, refinement) => {
    const need = (path: keyof typeof window, message: string) =>
      refinement.addIssue({ code: "custom", path: [path], message });
    const { recurrence, startsAt, endsAt, weekdays, startTime, cron, durationMinutes } = window;
    if (recurrence === "once") {
      if (!startsAt) need("startsAt", "is required");
      if (!endsAt) need("endsAt", "is required");
    } else if (durationMinutes === null) need("durationMinutes", "is required");
    if (startsAt && endsAt && endsAt <= startsAt) need("endsAt", "must be after the start");
    if (recurrence === "weekly" && weekdays.length === 0) need("weekdays", "choose at least one day");
    if (recurrence === "weekly" && startTime === null) need("startTime", "is required");
    if (recurrence === "cron" && cron === null) need("cron", "is required");
  });

/** Plans a window. @throws Problem forbidden, invalid */
export async function createMaintenance(context: Context, given: unknown): Promise<ShownWindow> {
  authorize(context.actor, "alerts:write");
  const data = parseInput(maintenanceInput, given, "The maintenance window");
  return context.db.$transaction(async (tx) => {
    const row = await tx.maintenanceWindow.create({
      data: { ...data, createdBy: actorName(context), createdAt: context.now() },
    });
    await writeAudit(tx, context, {
      action: "maintenance.create",
      subjectType: "maintenance",
      subjectId: row.id,
      after: data,
    });
    await notifyAlerts(tx);
    return shown(row, context.now());
  });
}

/** Replaces a window as a whole. @throws Problem forbidden, invalid, not-found */
export async function updateMaintenance(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<ShownWindow> {
  authorize(context.actor, "alerts:write");
  const data = parseInput(maintenanceInput, given, "The maintenance window");
  return context.db.$transaction(async (tx) => {
    const before = await tx.maintenanceWindow.findUnique({ where: { id: parseId(id, "maintenance window") } });
    if (!before) throw notFound("maintenance window");
    const row = await tx.maintenanceWindow.update({ where: { id: before.id }, data });
    await writeAudit(tx, context, {
      action: "maintenance.update",
      subjectType: "maintenance",
      subjectId: row.id,
      before,
      after: data,
    });
    await notifyAlerts(tx);
    return shown(row, context.now());
  });
}

/** @throws Problem forbidden, not-found */
export async function deleteMaintenance(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "alerts:write");
  await context.db.$transaction(async (tx) => {
    const row = await tx.maintenanceWindow.findUnique({ where: { id: parseId(id, "maintenance window") } });
    if (!row) throw notFound("maintenance window");
    await tx.maintenanceWindow.delete({ where: { id: row.id } });
    await writeAudit(tx, context, {
      action: "maintenance.delete",
      subjectType: "maintenance",
      subjectId: row.id,
      before: row,
    });
    await notifyAlerts(tx);
  });
}

/** Every window, those that are open or come next first; at most 500. @throws Problem forbidden */
export async function listMaintenance(context: Context): Promise<ShownWindow[]> {
  authorize(context.actor, "read");
  const rows = await context.db.maintenanceWindow.findMany({ orderBy: { createdAt: "desc" }, take: 500 });
  const soonest = ({ next }: ShownWindow) => next[0]?.from.getTime() ?? Number.POSITIVE_INFINITY;
  return rows
    .flatMap((row) => (toWindow(row) ? [shown(row, context.now())] : []))
    .toSorted((a, b) => soonest(a) - soonest(b));
}

/** @throws Problem forbidden, not-found */
export async function getMaintenance(context: Context, { id }: { id: string }): Promise<ShownWindow> {
  authorize(context.actor, "read");
  const row = await context.db.maintenanceWindow.findUnique({ where: { id: parseId(id, "maintenance window") } });
  if (!row) throw notFound("maintenance window");
  return shown(row, context.now());
}

/**
 * The next times at which a window would be open; nothing is stored.
 * @param times its `recurrence` and what belongs to that, as for createMaintenance @throws Problem forbidden, invalid
 */
export async function previewMaintenance(context: Context, times: object): Promise<Span[]> {
  authorize(context.actor, "read");
  const window = parseInput(maintenanceInput, { ...times, label: "Preview" }, "The maintenance window");
  return nextSpans(window, context.now(), SHOWN_TIMES);
}

function shown(row: { isPublic: boolean }, now: Date): ShownWindow {
  const window = toWindow(row);
  if (!window) throw new Error("a maintenance window can't be read");
  return {
    ...window,
    isPublic: row.isPublic,
    active: activeSpan(window, now) ?? null,
    next: nextSpans(window, now, SHOWN_TIMES),
  };
}
