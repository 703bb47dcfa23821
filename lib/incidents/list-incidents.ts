import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { INCIDENT_FIELDS, type Incident, OPEN_STATUSES } from "./incident";

export const listIncidentsInput = z.strictObject({
  status: z
    .enum(["open", "all"], "must be open or all")
    .default("all")
    .meta({ description: "`open` leaves the resolved ones out." }),
  ...page,
});
const keys = z.tuple([z.coerce.date(), z.uuid()]);

/** Incidents, the latest first. @throws Problem forbidden, invalid */
export async function listIncidents(
  context: Context,
  input: z.input<typeof listIncidentsInput> = {},
): Promise<Page<Incident>> {
  authorize(context.actor, "read");
  const { status, limit, cursor } = parseInput(listIncidentsInput, input, "The query");
  const [at, id] = cursor === undefined ? [] : decodeCursor(keys, cursor);
  const rows = await context.db.incident.findMany({
    where: {
      ...(status === "open" ? { status: { in: [...OPEN_STATUSES] } } : {}),
      ...(at === undefined ? {} : { OR: [{ startedAt: { lt: at } }, { startedAt: at, id: { lt: id } }] }),
    },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: INCIDENT_FIELDS,
  });
  return toPage(rows, limit, (row) => [row.startedAt.toISOString(), row.id]);
}
