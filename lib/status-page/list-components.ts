import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { COMPONENT_FIELDS, type StatusComponent, toComponent } from "./component";
import { blocksOf } from "./display-order";

/** Every component, as they stand on the page: those of a group together. @throws Problem forbidden */
export async function listComponents(context: Context): Promise<StatusComponent[]> {
  authorize(context.actor, "read");
  const rows = await context.db.statusComponent.findMany({
    orderBy: [{ position: "asc" }, { createdAt: "asc" }, { id: "asc" }],
    select: COMPONENT_FIELDS,
  });
  return blocksOf(rows.map(toComponent)).flat();
}

/** @throws Problem forbidden, not-found */
export async function getComponent(context: Context, { id }: { id: string }): Promise<StatusComponent> {
  authorize(context.actor, "read");
  const row = await context.db.statusComponent.findUnique({
    where: { id: parseId(id, "component") },
    select: COMPONENT_FIELDS,
  });
  if (!row) throw notFound("component");
  return toComponent(row);
}
