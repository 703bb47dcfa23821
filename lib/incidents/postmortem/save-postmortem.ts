import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize, SYSTEM } from "@/lib/core/actor";
import { asActor, type Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import type { Prisma } from "@/lib/db/generated/client";
import { getIncidentStory } from "../get-incident";
import { lockIncident } from "../lock-incident";
import { notifyIncidents } from "../notify-incidents";
import { readDraft } from "./get-postmortem";
import { mergeChanges, type Save } from "./merge-changes";
import { NO_TEXT, POSTMORTEM_FIELDS, type Postmortem, type PostmortemText, TEXT_FIELDS } from "./postmortem";
import { savePostmortemInput } from "./postmortem-input";

type Field = (typeof TEXT_FIELDS)[number];

/**
 * Saves what is given of an incident's post-mortem; the first time, in place of the template's texts. With `version` nothing that
 * somebody else wrote since is lost: a field that only one of both changed keeps that change, one that both changed is told.
 * @param id the incident's @throws Problem forbidden, invalid, not-found, conflict naming each field that both changed
 */
export async function savePostmortem(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<Postmortem> {
  authorize(context.actor, "incidents:write");
  const { version: base, seenVersion: seen, ...wanted } = parseInput(savePostmortemInput, given, "The post-mortem");
  const draft = await findDraft(context, id);
  return context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    const stored = await tx.postmortem.findUnique({
      where: { incidentId: incident.id },
      select: POSTMORTEM_FIELDS,
    });
    const current = textOf(stored ?? draft);
    const version = stored?.version ?? 0;
    const saves = base === undefined || base >= version ? [] : await readSaves(tx, incident.id, base);
    const { changed, conflicts } = mergeChanges({ fields: TEXT_FIELDS, current, version, wanted, base, seen, saves });
    if (conflicts.length > 0) throw conflictOf(conflicts, version);
    if (stored && Object.keys(changed).length === 0) return stored;
    const data = { ...changed, version: version + 1, updatedBy: actorName(context), updatedAt: context.now() };
    const saved = await tx.postmortem.upsert({
      where: { incidentId: incident.id },
      create: { ...current, ...data, incidentId: incident.id, createdAt: context.now() },
      update: data,
      select: POSTMORTEM_FIELDS,
    });
    await writeAudit(tx, context, {
      action: "postmortem.save",
      subjectType: "postmortem",
      subjectId: incident.id,
      before: Object.fromEntries(Object.entries(current).filter(([field]) => field in changed)),
      after: { version: saved.version, changed },
    });
    await notifyIncidents(tx);
    return saved;
  });
}

/** The template, read before the incident is held: it needs a connection of its own. Once there is a post-mortem it stays. */
async function findDraft(context: Context, id: string): Promise<PostmortemText> {
  // Whoever may write gets the template, also a token that may not read.
  const story = await getIncidentStory(asActor(context, SYSTEM), { id });
  const isThere = await context.db.postmortem.count({ where: { incidentId: story.incident.id } });
  return isThere > 0 ? NO_TEXT : readDraft(context, story);
}

const textOf = (row: PostmortemText): PostmortemText => ({
  impact: row.impact,
  rootCause: row.rootCause,
  causeCategory: row.causeCategory,
  contributingFactors: row.contributingFactors,
  whys: row.whys,
  wentWell: row.wentWell,
  wentBadly: row.wentBadly,
});

const texts = z.record(z.string(), z.unknown());
const audited = z.object({ version: z.int(), changed: texts });
const MAX_SAVES = 200;

/** The saves after a version, the oldest first; the latest 200 where there were more. */
async function readSaves(tx: Prisma.TransactionClient, incidentId: string, base: number): Promise<Save<Field>[]> {
  const rows = await tx.auditEntry.findMany({
    where: { subjectType: "postmortem", subjectId: incidentId, action: "postmortem.save" },
    orderBy: { id: "desc" },
    take: MAX_SAVES,
    select: { actorName: true, before: true, after: true },
  });
  const saves = rows.flatMap(({ actorName: by, before, after }): Save<Field>[] => {
    const { data } = audited.safeParse(after);
    if (!data || data.version <= base) return [];
    const changed = TEXT_FIELDS.filter((field) => field in data.changed);
    return [{ version: data.version, by, before: texts.catch({}).parse(before), changed }];
  });
  return saves.toReversed();
}

function conflictOf(conflicts: readonly { field: string; by: string }[], version: number): Problem {
  const told = conflicts.map(({ field, by }) => ({ path: field, message: `${by} changed it in the meantime` }));
  return new Problem(
    "conflict",
    `Somebody else changed this post-mortem: ${told.map(({ path, message }) => `${path}: ${message}`).join("; ")}. Send it again with seenVersion ${version} to overwrite that.`,
    told,
    version,
  );
}
