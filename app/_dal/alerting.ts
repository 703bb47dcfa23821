import "server-only";
import { cache } from "react";
import { type Channel, getChannel, listChannels } from "@/lib/alerting/channels/channel-verbs";
import { type LastMessage, listLastMessages } from "@/lib/alerting/channels/last-messages";
import { getMaintenance, listMaintenance, type ShownWindow } from "@/lib/alerting/maintenance/maintenance";
import { getRule, listRules, type RuleWithCounts } from "@/lib/alerting/rules/list-rules";
import { countFitting } from "@/lib/alerting/silences/count-fitting";
import { listSilences, type Silence } from "@/lib/alerting/silences/silences";
import { may } from "@/lib/core/actor";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

/** What the parts of alerting show: a statement or two each, with whether the viewer may change it. */

export async function readRules(): Promise<{ rules: RuleWithCounts[]; mayEdit: boolean }> {
  const context = await pageContext();
  return { rules: await listRules(context), mayEdit: may(context.actor, "alerts:write") };
}

export const readRule = cache(async (id: string): Promise<RuleWithCounts & { mayEdit: boolean }> => {
  const context = await pageContext();
  return { ...(await getRule(context, { id }).catch(orNotFound)), mayEdit: may(context.actor, "alerts:write") };
});

/** Only admins change channels. */
export async function readChannels(): Promise<{ channels: Channel[]; mayEdit: boolean }> {
  const context = await pageContext();
  return { channels: await listChannels(context), mayEdit: may(context.actor, "admin") };
}

/** The same with what became of each one's newest message. */
export async function readChannelsWithLast(): Promise<{
  channels: (Channel & { last: LastMessage | undefined })[];
  mayEdit: boolean;
}> {
  const [{ channels, mayEdit }, last] = await Promise.all([readChannels(), pageContext().then(listLastMessages)]);
  return { channels: channels.map((channel) => ({ ...channel, last: last.get(channel.id) })), mayEdit };
}

export const readChannel = cache(async (id: string): Promise<Channel & { mayEdit: boolean }> => {
  const context = await pageContext();
  return { ...(await getChannel(context, { id }).catch(orNotFound)), mayEdit: may(context.actor, "admin") };
});

/** A silence as its row shows it. */
export interface ShownSilence extends Silence {
  /** How many alerts that fire it fits; null unless it is active. */
  fitting: number | null;
}

export async function readSilences(): Promise<{ silences: ShownSilence[]; mayEdit: boolean }> {
  const context = await pageContext();
  const silences = await listSilences(context);
  const active = silences.filter(({ state }) => state === "active");
  const fitting = await countFitting(context, active);
  return {
    silences: silences.map((silence) => ({ ...silence, fitting: fitting.get(silence.id) ?? null })),
    mayEdit: may(context.actor, "alerts:write"),
  };
}

export async function readWindows(): Promise<{ windows: ShownWindow[]; mayEdit: boolean }> {
  const context = await pageContext();
  return { windows: await listMaintenance(context), mayEdit: may(context.actor, "alerts:write") };
}

export async function readWindow(id: string): Promise<ShownWindow & { mayEdit: boolean }> {
  const context = await pageContext();
  return { ...(await getMaintenance(context, { id }).catch(orNotFound)), mayEdit: may(context.actor, "alerts:write") };
}
