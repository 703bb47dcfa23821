import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { writeAudit } from "@/lib/access/audit";
import type { Silence as SilenceRow } from "@/lib/db/generated/client";
import type { Matcher } from "@/lib/metrics/query/matchers";
import { moment } from "@/lib/metrics/sample";
import { actorName } from "../acknowledge-alert";
import { alertMatchers } from "../matchers";
import { notifyAlerts } from "../notify-alerts";

/** Notifications muted by matcher for a while. */
export interface Silence {
  id: string;
  matchers: Matcher[];
  comment: string;
  startsAt: Date;
  endsAt: Date;
  createdBy: string;
  createdAt: Date;
  /** At the time of reading. */
  state: "active" | "planned" | "over";
}

const YEAR_MS = 366 * 86_400_000;

export const silenceInput = z.strictObject({
  matchers: alertMatchers
    .min(1, "must be at least one: a silence of everything would hide everything")
    .meta({ description: "An alert is muted when its labels fit all of these." }),
  comment: z.string("is required").trim().min(1, "is required: say why").max(500, "must have at most 500 characters"),
  startsAt: moment.optional().meta({ description: "Where left out, now." }),
  endsAt: moment.meta({ description: "When it ends by itself." }),
});

function toSilence(row: SilenceRow, now: Date): Silence {
  const state = row.endsAt <= now ? "over" : row.startsAt > now ? "planned" : "active";
  return { ...row, matchers: alertMatchers.catch([]).parse(row.matchers), state };
}

/** Mutes what fits; looked at from the next round on. @throws Problem forbidden, invalid */
export async function createSilence(context: Context, given: z.input<typeof silenceInput>): Promise<Silence> {
  authorize(context.actor, "alerts:write");
  const { matchers, comment, startsAt, endsAt } = parseInput(silenceInput, given, "The silence");
  const now = context.now();
  const from = startsAt ?? now;
  const wrong =
    endsAt <= from
      ? "must be after the start"
      : endsAt <= now
        ? "must be in the future"
        : endsAt.getTime() - now.getTime() > YEAR_MS
          ? "must be within a year"
          : undefined;
  if (wrong)
    throw new Problem("invalid", `The silence is not valid: endsAt: ${wrong}`, [{ path: "endsAt", message: wrong }]);
  return context.db.$transaction(async (tx) => {
    const row = await tx.silence.create({
      data: { matchers, comment, startsAt: from, endsAt, createdBy: actorName(context), createdAt: now },
    });
    await writeAudit(tx, context, {
      action: "silence.create",
      subjectType: "silence",
      subjectId: row.id,
      after: { matchers, comment, startsAt: from, endsAt },
    });
    await notifyAlerts(tx);
    return toSilence(row, now);
  });
}

/** Ends a silence now; one that has not begun is deleted. @throws Problem forbidden, not-found, conflict when it is over */
export async function endSilence(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "alerts:write");
  const now = context.now();
  await context.db.$transaction(async (tx) => {
    const row = await tx.silence.findUnique({ where: { id: parseId(id, "silence") } });
    if (!row) throw notFound("silence");
    if (row.endsAt <= now) throw new Problem("conflict", "This silence is over already.");
    if (row.startsAt > now) await tx.silence.delete({ where: { id: row.id } });
    else await tx.silence.update({ where: { id: row.id }, data: { endsAt: now } });
    await writeAudit(tx, context, { action: "silence.end", subjectType: "silence", subjectId: row.id });
    await notifyAlerts(tx);
  });
}

const SHOWN_DAYS = 30;
const MAX_SHOWN = 500;

/** Silences that are active, planned, or were over within 30 days: the latest end first. @throws Problem forbidden */
export async function listSilences(context: Context): Promise<Silence[]> {
  authorize(context.actor, "read");
  const now = context.now();
  const rows = await context.db.silence.findMany({
    where: { endsAt: { gt: new Date(now.getTime() - SHOWN_DAYS * 86_400_000) } },
    orderBy: [{ endsAt: "desc" }, { id: "desc" }],
    take: MAX_SHOWN,
  });
  return rows.map((row) => toSilence(row, now));
}
