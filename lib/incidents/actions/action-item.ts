import type { Prisma } from "@/lib/db/generated/client";

export const ACTION_FIELDS = {
  id: true,
  incidentId: true,
  title: true,
  ownerId: true,
  dueOn: true,
  doneAt: true,
  doneBy: true,
  createdAt: true,
  owner: { select: { name: true, email: true } },
  incident: { select: { number: true, title: true } },
} as const satisfies Prisma.IncidentActionSelect;

type ActionRow = Prisma.IncidentActionGetPayload<{ select: typeof ACTION_FIELDS }>;

/** What is to be done so that an incident does not come again. */
export interface ActionItem {
  id: string;
  incidentId: string;
  incidentNumber: number;
  incidentTitle: string;
  title: string;
  ownerId: string | null;
  /** The owner's name; null: nobody has it. */
  owner: string | null;
  /** "2026-11-20"; null: at no time in particular. */
  dueOn: string | null;
  doneAt: Date | null;
  doneBy: string | null;
  createdAt: Date;
  /** Open, and the day it was due (in UTC) is over. */
  isOverdue: boolean;
}

export function toActionItem({ owner, incident, dueOn, ...row }: ActionRow, now: Date): ActionItem {
  const due = dueOn && dayOf(dueOn);
  return {
    ...row,
    incidentNumber: incident.number,
    incidentTitle: incident.title,
    owner: owner && (owner.name || owner.email),
    dueOn: due,
    isOverdue: row.doneAt === null && due !== null && due < dayOf(now),
  };
}

/** The calendar day in UTC: "2026-11-20". */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
