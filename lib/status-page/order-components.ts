import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyIncidents } from "@/lib/incidents/notify-incidents";
import { moved } from "./display-order";
import { lockComponents } from "./lock-components";

export const orderInput = z.strictObject({
  ids: z.array(z.uuid("must be the id of a component")).meta({ description: "Every component once, the first first." }),
});

/** Puts the components into an order. @throws Problem forbidden, invalid, conflict when there are other components by now */
export async function orderComponents(context: Context, given: unknown): Promise<void> {
  authorize(context.actor, "incidents:write");
  const { ids } = parseInput(orderInput, given, "The order");
  await context.db.$transaction(async (tx) => {
    const now = await lockComponents(tx);
    const wanted = new Set(ids);
    if (wanted.size !== ids.length || now.length !== ids.length || !now.every(({ id }) => wanted.has(id)))
      throw new Problem("conflict", "The order has to name every component once: there are others by now.");
    await writeOrder(tx, context, ids);
  });
}

const moveInput = z.strictObject({ direction: z.enum(["up", "down"], "must be up or down") });

/**
 * Moves a component by one place within its group, or its whole group past the next one.
 * @throws Problem forbidden, invalid, not-found
 */
export async function moveComponent(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<void> {
  authorize(context.actor, "incidents:write");
  const { direction } = parseInput(moveInput, given, "The move");
  await context.db.$transaction(async (tx) => {
    const components = await lockComponents(tx);
    const known = parseId(id, "component");
    if (!components.some((component) => component.id === known)) throw notFound("component");
    await writeOrder(tx, context, moved(components, known, direction));
  });
}

async function writeOrder(tx: Prisma.TransactionClient, context: Context, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE status_components c SET position = o.place - 1
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS o(id, place) WHERE c.id = o.id`;
  await writeAudit(tx, context, {
    action: "status-component.order",
    subjectType: "status-component",
    after: { ids },
  });
  await notifyIncidents(tx);
}
