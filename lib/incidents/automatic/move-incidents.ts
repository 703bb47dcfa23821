import { randomUUID } from "node:crypto";
import { asActor, type Context } from "@/lib/core/context";
import { SYSTEM } from "@/lib/core/actor";
import type { Prisma } from "@/lib/db/generated/client";
import { decideChanges, type CheckNow } from "./decide-changes";
import type { OpenIncident } from "./facts";
import { planMemberships } from "./plan-memberships";
import { readCandidates, readOpenIncidents, readSurroundings } from "./read-facts";
import { writeChanges, writeMemberships } from "./write-incidents";
import { notifyIncidents } from "../notify-incidents";

export interface Moved {
  /** How many incidents were opened or changed. */
  changed: number;
  /** A quiet incident is to be resolved then: look again. */
  lookAgainAt: Date | null;
}

const HAS_WORK = `
  SELECT EXISTS (SELECT FROM incidents WHERE status <> 'resolved')
    OR EXISTS (SELECT FROM alerts WHERE incident_id IS NULL AND (state = 'firing' OR (state = 'resolved' AND resolved_at > $1))) AS has`;

/**
 * Brings incidents up to what the alerts are: opens them, lets alerts join, moves them on. In one transaction under the lock of
 * alert evaluation, so that alerts stand still meanwhile and several workers do it one after the other. What a crash left
 * undone the next call does.
 * @throws when the database is away, or a person's change of an incident takes too long
 */
export async function moveIncidents(context: Context): Promise<Moved> {
  const system = asActor(context, SYSTEM);
  const now = context.now();
  const quietMs = context.config.incidents.quietMinutes * 60_000;
  const { rows } = await context.sql.query<{ has: boolean }>({
    name: "incidents-work",
    text: HAS_WORK,
    values: [new Date(now.getTime() - 300_000)],
  });
  if (!rows[0]?.has) return { changed: 0, lookAgainAt: null };
  const { family, muting } = await readSurroundings(context);
  return context.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('lock_timeout', '3s', true)`;
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('watchkeeper.alerts'))`;
      await tx.$queryRaw`SELECT id FROM incidents WHERE status <> 'resolved' ORDER BY id FOR NO KEY UPDATE`;
      const incidents = await readOpenIncidents(tx);
      const candidates = await readCandidates(tx, muting, now);
      const plan = planMemberships(candidates, incidents, family, randomUUID);
      const checks = await readChecks(tx, [...incidents, ...plan.opened]);
      const changed = new Set(await writeMemberships(tx, system, plan));
      for (const incident of [...incidents, ...plan.opened]) {
        const changes = decideChanges(incident, checks, quietMs, now);
        if (await writeChanges(tx, system, incident, changes)) changed.add(incident.id);
        Object.assign(incident, changes.fields);
      }
      if (changed.size > 0) await notifyIncidents(tx);
      return { changed: changed.size, lookAgainAt: soonest([...incidents, ...plan.opened], quietMs) };
    },
    { timeout: 30_000, maxWait: 10_000 },
  );
}

/** Names and states of the checks that the alerts are about. */
async function readChecks(
  tx: Prisma.TransactionClient,
  incidents: readonly OpenIncident[],
): Promise<Map<string, CheckNow>> {
  const ids = new Set(
    incidents.flatMap(({ isAutomatic, alerts }) => (isAutomatic ? alerts.flatMap(({ checkId }) => checkId ?? []) : [])),
  );
  if (ids.size === 0) return new Map();
  const rows = await tx.healthCheck.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, label: true, status: true },
  });
  const isDown = { failed: true, crashed: true, warning: false, ok: null, skipped: null };
  return new Map(rows.map(({ id, label, status }) => [id, { label, isDown: status && isDown[status] }]));
}

function soonest(incidents: readonly OpenIncident[], quietMs: number): Date | null {
  const times = incidents.flatMap(({ isAutomatic, status, quietSince }) =>
    isAutomatic && status === "monitoring" && quietSince ? [quietSince.getTime() + quietMs] : [],
  );
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
