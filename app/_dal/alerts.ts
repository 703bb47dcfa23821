import "server-only";
import { cache } from "react";
import { z } from "zod";
import type { Alert } from "@/lib/alerting/alert";
import { type AlertStory, getAlertStory } from "@/lib/alerting/get-alert";
import { ALERT_FILTERS, type AlertCounts, countAlerts, listAlerts } from "@/lib/alerting/list-alerts";
import type { AlertAttention } from "@/lib/alerting/read-attention";
import { getRule } from "@/lib/alerting/rules/list-rules";
import { SEVERITIES } from "@/lib/alerting/severity";
import { may } from "@/lib/core/actor";
import { isProblem } from "@/lib/core/errors";
import { isStorable } from "@/lib/core/storable";
import { readIncidentOf } from "./incidents";
import { readLive } from "./live";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

const PAGE = 50;

/** What the address of the list says; what it gets wrong is left out. */
const filter = z.object({
  show: z.enum(ALERT_FILTERS).catch("open"),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  query: z.string().trim().max(200).refine(isStorable).catch(""),
  cursor: z.string().max(500).optional().catch(undefined),
});
export type AlertListFilter = z.output<typeof filter>;

export function parseAlertListFilter(address: unknown): AlertListFilter {
  return filter.parse(address);
}

export interface AlertList {
  items: Alert[];
  next: string | null;
  counts: AlertCounts;
  failedChannels: AlertAttention["failedChannels"];
  /** Somebody is told of what fires. */
  isHeard: boolean;
  isAdmin: boolean;
  mayEdit: boolean;
}

/** One page of the list: two statements of its own. */
export async function readAlertList({ cursor, ...wanted }: AlertListFilter): Promise<AlertList> {
  const context = await pageContext();
  const read = (from: string | undefined) => listAlerts(context, { ...wanted, cursor: from, limit: PAGE });
  const [live, counts, { items, next }] = await Promise.all([
    readLive(context),
    countAlerts(context),
    read(cursor).catch((error: unknown) => {
      // A cursor that was cut off: the list starts at its beginning.
      if (cursor !== undefined && isProblem(error) && error.kind === "invalid") return read(undefined);
      throw error;
    }),
  ]);
  return {
    items,
    next,
    counts,
    failedChannels: live.alerts.failedChannels,
    isHeard: live.alerts.channelsOn > 0,
    isAdmin: may(context.actor, "admin"),
    mayEdit: may(context.actor, "alerts:write"),
  };
}

export interface AlertDetail extends AlertStory {
  /** Of its rule, while there is one. */
  runbookUrl: string | null;
  /** That it belongs to. */
  incident: Awaited<ReturnType<typeof readIncidentOf>>;
  mayEdit: boolean;
}

/** An alert with its story; an unknown id is a page that does not exist. Once a request. */
export const readAlert = cache(async (id: string): Promise<AlertDetail> => {
  const context = await pageContext();
  const story = await getAlertStory(context, { id }).catch(orNotFound);
  const { ruleId, incidentId } = story.alert;
  const [rule, incident] = await Promise.all([
    // The rule may have been deleted in between.
    ruleId === null ? null : getRule(context, { id: ruleId }).catch(orNone),
    readIncidentOf(incidentId),
  ]);
  return { ...story, runbookUrl: rule?.runbookUrl ?? null, incident, mayEdit: may(context.actor, "alerts:write") };
});

function orNone(error: unknown): null {
  if (isProblem(error) && error.kind === "not-found") return null;
  throw error;
}

/** The alerts of a check or a rule, the latest first: one statement. */
export async function readAlertsOf(of: { check: string } | { rule: string }, show: "open" | "all"): Promise<Alert[]> {
  const { items } = await listAlerts(await pageContext(), { ...of, show, limit: 20 });
  return items;
}
