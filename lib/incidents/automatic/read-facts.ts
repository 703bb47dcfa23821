import { z } from "zod";
import { type Family, readFamily } from "@/lib/alerting/evaluation/family";
import { type Muting, readMuting } from "@/lib/alerting/evaluation/muting";
import { REMINDER_SOURCES, SOURCE_TYPES } from "@/lib/alerting/source-registry";
import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/in-transaction";
import { OPEN_STATUSES } from "../incident";
import type { AlertFacts, Candidate, OpenIncident } from "./facts";

/** One that came and went between two looks is seen for so long. */
const JUST_OVER_MS = 300_000;
/** More are not looked at in one go; the rest is in the next. */
const MAX_ALERTS = 5_000;
const MAX_INCIDENTS = 500;

const ALERT_FIELDS = {
  id: true,
  subject: true,
  summary: true,
  severity: true,
  state: true,
  checkId: true,
  parentId: true,
  pendingSince: true,
  firingSince: true,
  resolvedAt: true,
  acknowledgedAt: true,
  acknowledgedBy: true,
} as const satisfies Prisma.AlertSelect;

type AlertRow = Prisma.AlertGetPayload<{ select: typeof ALERT_FIELDS }>;

const labels = z.record(z.string(), z.coerce.string()).catch({});

const toFacts = ({ state, firingSince, acknowledgedAt, acknowledgedBy, ...row }: AlertRow): AlertFacts => ({
  ...row,
  isFiring: state === "firing",
  firingSince: firingSince ?? row.pendingSince,
  acknowledged: acknowledgedAt && { at: acknowledgedAt, by: acknowledgedBy ?? "somebody" },
});

/** What does not change with the alerts: who depends on whom, and what is muted. */
export function readSurroundings(context: Context): Promise<{ family: Family; muting: Muting }> {
  return inTransaction(context.sql, async (client) => ({
    family: await readFamily(client),
    muting: await readMuting(client, context.now()),
  }));
}

/** The open incidents with their alerts and affected checks, the oldest first. */
export async function readOpenIncidents(tx: Prisma.TransactionClient): Promise<OpenIncident[]> {
  const rows = await tx.incident.findMany({
    where: { status: { in: [...OPEN_STATUSES] } },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
    take: MAX_INCIDENTS,
    select: {
      id: true,
      title: true,
      severity: true,
      status: true,
      isAutomatic: true,
      createdBy: true,
      startedAt: true,
      detectedAt: true,
      acknowledgedAt: true,
      mitigatedAt: true,
      quietSince: true,
      alerts: { orderBy: { pendingSince: "desc" }, take: MAX_ALERTS, select: ALERT_FIELDS },
      checks: { where: { checkId: { not: null } }, select: { checkId: true, label: true, impact: true } },
    },
  });
  return rows.map(({ createdBy, alerts, checks, ...row }) => ({
    ...row,
    isOfAlerts: createdBy === null,
    alerts: alerts.map(toFacts),
    checks: checks.flatMap(({ checkId, ...check }) => (checkId === null ? [] : [{ ...check, checkId }])),
  }));
}

/** The alerts that belong to no incident: those that fire, and those that told somebody and were over before anybody looked. */
export async function readCandidates(
  tx: Prisma.TransactionClient,
  { maintenance, silence }: Muting,
  now: Date,
): Promise<Candidate[]> {
  const rows = await tx.alert.findMany({
    where: {
      incidentId: null,
      // What reminds of work is no sign of trouble, however near in time.
      source: { notIn: [...REMINDER_SOURCES] },
      OR: [
        { state: "firing" },
        {
          state: "resolved",
          resolvedAt: { gt: new Date(now.getTime() - JUST_OVER_MS) },
          notifiedAt: { not: null },
          incidentReason: null,
        },
      ],
    },
    orderBy: { pendingSince: "asc" },
    take: MAX_ALERTS,
    select: {
      ...ALERT_FIELDS,
      source: true,
      labels: true,
      holdUntil: true,
      notifiedAt: true,
      incidentReason: true,
      rule: { select: { opensIncident: true } },
      parent: { select: { subject: true, labels: true } },
    },
  });
  const mutedBy = (given: unknown) => maintenance(labels.parse(given)) ?? silence(labels.parse(given));
  return rows.map(({ labels: own, source, holdUntil, notifiedAt, incidentReason, rule, parent, ...row }) => {
    const above = parent && mutedBy(parent.labels);
    return {
      ...toFacts(row),
      opensIncident: rule?.opensIncident ?? null,
      muted: mutedBy(own) ?? (parent && above ? `an effect of ${parent.subject} (${above})` : null),
      isNews: SOURCE_TYPES.get(source)?.isNews ?? false,
      isHeld: holdUntil !== null && holdUntil > now && row.parentId === null && notifiedAt === null,
      incidentReason,
    };
  });
}
