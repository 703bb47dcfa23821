import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import type { Prisma } from "@/lib/db/generated/client";
import type { Incident } from "../incident";
import { lockIncident } from "../lock-incident";
import { notifyIncidents } from "../notify-incidents";
import { writeEntry } from "../write-entry";
import { POSTMORTEM_FIELDS, type Postmortem } from "./postmortem";
import { publishPostmortemInput } from "./postmortem-input";

/**
 * Publishes a post-mortem in the house or to the public too, and says so in the timeline. What is saved later is published at once.
 * @param id the incident's
 * @throws Problem forbidden, invalid to the public while the incident is internal, not-found, conflict when nobody saved one yet
 */
export async function publishPostmortem(
  context: Context,
  { id, ...given }: { id: string; visibility: unknown },
): Promise<Postmortem> {
  authorize(context.actor, "incidents:write");
  const { visibility } = parseInput(publishPostmortemInput, given, "The publication");
  return context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    const before = await getStored(tx, incident.id);
    if (visibility === "public" && incident.visibility !== "public") {
      const message = "the incident is internal: make it public first";
      throw new Problem("invalid", `visibility: ${message}`, [{ path: "visibility", message }]);
    }
    if (before.publishedAt !== null && before.visibility === visibility) return before;
    const where = visibility === "public" ? "on the status page" : "in the house";
    return change(tx, context, incident, {
      data: { visibility, publishedAt: before.publishedAt ?? context.now() },
      action: "postmortem.publish",
      message: `${actorName(context)} published the post-mortem ${where}.`,
      before,
    });
  });
}

/** Makes a draft of a post-mortem again. Of a draft that is no fault. @param id the incident's @throws Problem forbidden, not-found, conflict when nobody saved one yet */
export async function unpublishPostmortem(context: Context, { id }: { id: string }): Promise<Postmortem> {
  authorize(context.actor, "incidents:write");
  return context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    const before = await getStored(tx, incident.id);
    if (before.publishedAt === null) return before;
    return change(tx, context, incident, {
      data: { visibility: "internal", publishedAt: null },
      action: "postmortem.unpublish",
      message: `${actorName(context)} took the post-mortem back: it is a draft again.`,
      before,
    });
  });
}

async function getStored(tx: Prisma.TransactionClient, incidentId: string): Promise<Postmortem> {
  const stored = await tx.postmortem.findUnique({ where: { incidentId }, select: POSTMORTEM_FIELDS });
  if (stored) return stored;
  throw new Problem("conflict", "Nobody wrote this post-mortem yet: save it first.");
}

async function change(
  tx: Prisma.TransactionClient,
  context: Context,
  incident: Incident,
  to: {
    data: Pick<Postmortem, "visibility" | "publishedAt">;
    action: string;
    message: string;
    before: Postmortem;
  },
): Promise<Postmortem> {
  const after = await tx.postmortem.update({
    where: { incidentId: incident.id },
    data: to.data,
    select: POSTMORTEM_FIELDS,
  });
  await writeEntry(tx, context, {
    incidentId: incident.id,
    source: "change",
    ref: `postmortem-${randomUUID()}`,
    message: to.message,
    link: `/incidents/${incident.number}/postmortem`,
  });
  const { visibility, publishedAt } = to.before;
  await writeAudit(tx, context, {
    action: to.action,
    subjectType: "postmortem",
    subjectId: incident.id,
    before: { visibility, publishedAt },
    after: to.data,
  });
  await notifyIncidents(tx);
  return after;
}
