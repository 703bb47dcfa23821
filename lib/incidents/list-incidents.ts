import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import type { Prisma } from "@/lib/db/generated/client";
import { INCIDENT_FIELDS, type Incident, OPEN_STATUSES, toIncident } from "./incident";
import { severity, visibility } from "./incident-input";

export const INCIDENT_FILTERS = ["open", "all", "resolved", ...OPEN_STATUSES] as const;

export const listIncidentsInput = z.strictObject({
  status: z
    .enum(INCIDENT_FILTERS, `must be one of ${INCIDENT_FILTERS.join(", ")}`)
    .default("all")
    .meta({ description: "`open` leaves the resolved ones out." }),
  severity: severity.optional(),
  visibility: visibility.optional(),
  lead: z.uuid("must be the id of a user").optional().meta({ description: "The id of who leads it." }),
  check: z.uuid("must be the id of a check").optional().meta({ description: "The id of a check that it affects." }),
  query: z
    .string()
    .trim()
    .max(200)
    .optional()
    .meta({ description: "Words of the title, the description or an update; or INC-12." }),
  ...page,
});
const keys = z.tuple([z.coerce.date(), z.uuid()]);

/** Incidents, the latest first. @throws Problem forbidden, invalid */
export async function listIncidents(
  context: Context,
  input: z.input<typeof listIncidentsInput> = {},
): Promise<Page<Incident>> {
  authorize(context.actor, "read");
  const { limit, cursor, ...filter } = parseInput(listIncidentsInput, input, "The query");
  const [at, id] = cursor === undefined ? [] : decodeCursor(keys, cursor);
  const rows = await context.db.incident.findMany({
    where: {
      AND: [
        whereOf(filter),
        at === undefined ? {} : { OR: [{ startedAt: { lt: at } }, { startedAt: at, id: { lt: id } }] },
      ],
    },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: INCIDENT_FIELDS,
  });
  return toPage(rows.map(toIncident), limit, (row) => [row.startedAt.toISOString(), row.id]);
}

type Filter = Omit<z.output<typeof listIncidentsInput>, "limit" | "cursor">;

function whereOf({
  status,
  severity: level,
  visibility: shown,
  lead,
  check,
  query,
}: Filter): Prisma.IncidentWhereInput {
  return {
    ...(status === "open" ? { status: { in: [...OPEN_STATUSES] } } : status === "all" ? {} : { status }),
    ...(level && { severity: level }),
    ...(shown && { visibility: shown }),
    ...(lead && { leadId: lead }),
    ...(check && { checks: { some: { checkId: check } } }),
    ...(query && { OR: matching(query) }),
  };
}

function matching(query: string): Prisma.IncidentWhereInput[] {
  const number = /^(?:INC-)?(\d{1,9})$/i.exec(query)?.[1];
  const contains = { contains: query, mode: "insensitive" } as const;
  return [
    { title: contains },
    { description: contains },
    { updates: { some: { message: contains } } },
    ...(number === undefined ? [] : [{ number: Number(number) }]),
  ];
}

/** How many incidents there are of each status. @throws Problem forbidden */
export async function countIncidents(context: Context): Promise<Record<Incident["status"], number>> {
  authorize(context.actor, "read");
  const rows = await context.db.incident.groupBy({ by: ["status"], _count: { _all: true } });
  const counts = { investigating: 0, identified: 0, monitoring: 0, resolved: 0 };
  for (const { status, _count } of rows) counts[status] = _count._all;
  return counts;
}
