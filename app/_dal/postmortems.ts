import "server-only";
import { cache } from "react";
import { z } from "zod";
import { may } from "@/lib/core/actor";
import { isProblem } from "@/lib/core/errors";
import type { ActionItem } from "@/lib/incidents/actions/action-item";
import { ACTION_FILTERS, countActions, listActions } from "@/lib/incidents/actions/list-actions";
import { getFigures, type IncidentFigures } from "@/lib/incidents/figures/get-figures";
import { monthOf, startOfMonth } from "@/lib/incidents/figures/months";
import { listLeads } from "@/lib/incidents/list-leads";
import { type PostmortemDocument, publicDocument } from "@/lib/incidents/postmortem/document";
import { getPostmortem, listCauseCategories } from "@/lib/incidents/postmortem/get-postmortem";
import { isTimeZone } from "@/lib/metrics/query/local-days";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

type People = Awaited<ReturnType<typeof listLeads>>;

export interface PostmortemPage {
  document: PostmortemDocument;
  /** As the public sees it. */
  shown: PostmortemDocument;
  people: People;
  mayEdit: boolean;
}

/** A post-mortem by its incident's id or number. Once a request. */
export const readPostmortem = cache(async (id: string): Promise<PostmortemPage> => {
  const context = await pageContext();
  const [document, people] = await Promise.all([getPostmortem(context, { id }).catch(orNotFound), listLeads(context)]);
  return { document, shown: publicDocument(document), people, mayEdit: may(context.actor, "incidents:write") };
});

/** What the form needs: the post-mortem, and kinds of causes that were named before. */
export async function readPostmortemForm(id: string) {
  const [{ document, mayEdit }, categories] = await Promise.all([
    readPostmortem(id),
    listCauseCategories(await pageContext()),
  ]);
  return { document, mayEdit, categories };
}

const PAGE = 50;

/** What the address of the list says; what it gets wrong is left out. */
const actionFilter = z.object({
  show: z.enum(ACTION_FILTERS).catch("open"),
  owner: z.uuid().optional().catch(undefined),
  cursor: z.string().max(500).optional().catch(undefined),
});
export type ActionFilter = z.output<typeof actionFilter>;

export const parseActionFilter = (address: unknown): ActionFilter => actionFilter.parse(address);

export interface ActionList {
  items: ActionItem[];
  next: string | null;
  counts: { open: number; overdue: number };
  people: People;
  mayEdit: boolean;
}

/** One page of the action items of all incidents. */
export async function readActionList({ cursor, ...wanted }: ActionFilter): Promise<ActionList> {
  const context = await pageContext();
  const read = (from: string | undefined) => listActions(context, { ...wanted, cursor: from, limit: PAGE });
  const [counts, people, { items, next }] = await Promise.all([
    countActions(context),
    listLeads(context),
    read(cursor).catch((error: unknown) => {
      // A cursor that was cut off: the list starts at its beginning.
      if (cursor !== undefined && isProblem(error) && error.kind === "invalid") return read(undefined);
      throw error;
    }),
  ]);
  return { items, next, counts, people, mayEdit: may(context.actor, "incidents:write") };
}

export const FIGURE_MONTHS = [3, 6, 12, 24] as const;

const figuresAddress = z.object({
  months: z.coerce
    .number()
    .pipe(z.union(FIGURE_MONTHS.map((months) => z.literal(months))))
    .catch(6),
  timezone: z.string().refine(isTimeZone).catch("UTC"),
});
export type FiguresAddress = z.output<typeof figuresAddress>;

export const parseFiguresAddress = (address: unknown): FiguresAddress => figuresAddress.parse(address);

/** The figures of this month and those before it. */
export async function readFigures({ months, timezone }: FiguresAddress): Promise<IncidentFigures> {
  const context = await pageContext();
  const to = context.now();
  return getFigures(context, { from: startOfMonth(timezone, monthOf(timezone, to), 1 - months), to, timezone });
}

/** For how many days alerts are kept. */
export const readRetentionDays = async (): Promise<number> => (await pageContext()).config.retentionDays;
