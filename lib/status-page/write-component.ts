import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyIncidents } from "@/lib/incidents/notify-incidents";
import {
  COMPONENT_FIELDS,
  componentChange,
  componentInput,
  MAX_COMPONENTS,
  type StatusComponent,
  toComponent,
} from "./component";
import { lockComponents } from "./lock-components";

const audited = ({ label, description, groupName, showResponseTime, checks }: StatusComponent) => ({
  label,
  description,
  groupName,
  showResponseTime,
  checks: checks.map((check) => check.label),
});

/** Puts a component at the end of the page. @throws Problem forbidden, invalid */
export async function createComponent(context: Context, given: unknown): Promise<StatusComponent> {
  authorize(context.actor, "incidents:write");
  const { checkIds, ...fields } = parseInput(componentInput, given, "The component");
  return context.db.$transaction(async (tx) => {
    const others = await lockComponents(tx);
    if (others.length >= MAX_COMPONENTS)
      throw new Problem("invalid", `There are ${MAX_COMPONENTS} components already: the page takes no more.`);
    await assertChecks(tx, checkIds);
    const now = context.now();
    const row = await tx.statusComponent.create({
      data: {
        ...fields,
        position: Math.max(-1, ...others.map(({ position }) => position)) + 1,
        createdAt: now,
        updatedAt: now,
        checks: { create: checkIds.map((checkId) => ({ checkId })) },
      },
      select: COMPONENT_FIELDS,
    });
    const component = toComponent(row);
    await writeAudit(tx, context, {
      action: "status-component.create",
      subjectType: "status-component",
      subjectId: row.id,
      after: audited(component),
    });
    await notifyIncidents(tx);
    return component;
  });
}

/** Changes what is given; `checkIds` takes the place of the checks. @throws Problem forbidden, invalid, not-found */
export async function updateComponent(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<StatusComponent> {
  authorize(context.actor, "incidents:write");
  const { checkIds, ...fields } = parseInput(componentChange, given, "The component");
  return context.db.$transaction(async (tx) => {
    await lockComponents(tx);
    const before = await findComponent(tx, id);
    if (checkIds) await assertChecks(tx, checkIds);
    const row = await tx.statusComponent.update({
      where: { id: before.id },
      data: {
        ...fields,
        updatedAt: context.now(),
        ...(checkIds && { checks: { deleteMany: {}, create: checkIds.map((checkId) => ({ checkId })) } }),
      },
      select: COMPONENT_FIELDS,
    });
    const after = toComponent(row);
    await writeAudit(tx, context, {
      action: "status-component.update",
      subjectType: "status-component",
      subjectId: row.id,
      before: audited(before),
      after: audited(after),
    });
    await notifyIncidents(tx);
    return after;
  });
}

/** Takes a component off the page; its checks stay. @throws Problem forbidden, not-found */
export async function deleteComponent(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "incidents:write");
  await context.db.$transaction(async (tx) => {
    await lockComponents(tx);
    const before = await findComponent(tx, id);
    await tx.statusComponent.delete({ where: { id: before.id } });
    await writeAudit(tx, context, {
      action: "status-component.delete",
      subjectType: "status-component",
      subjectId: before.id,
      before: audited(before),
    });
    await notifyIncidents(tx);
  });
}

async function findComponent(tx: Prisma.TransactionClient, id: string): Promise<StatusComponent> {
  const row = await tx.statusComponent.findUnique({
    where: { id: parseId(id, "component") },
    select: COMPONENT_FIELDS,
  });
  if (!row) throw notFound("component");
  return toComponent(row);
}

async function assertChecks(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<void> {
  const known = await tx.healthCheck.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  if (known.length === ids.length) return;
  const message = "there is no such check";
  throw new Problem("invalid", `The component is not valid: checkIds: ${message}`, [{ path: "checkIds", message }]);
}
