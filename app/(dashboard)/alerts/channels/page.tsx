import { CircleCheck, CircleX, Send, Settings2, type LucideIcon } from "lucide-react";
import type { Metadata } from "next";
import { disableChannelAction, enableChannelAction, sendTestAction } from "@/app/_actions/channels";
import { ButtonLink } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { readChannels } from "@/app/_dal/alerting";
import type { Channel } from "@/lib/alerting/channels/channel-verbs";
import { CHANNEL_TYPES } from "@/lib/alerting/channels/registry";
import { NOT_SET_UP } from "@/lib/alerting/sync-file-alerting";
import { CardGrid, GridCard, ListFrame } from "../list-frame";
import { OneButton } from "../small-form";

export const metadata: Metadata = { title: "Alert channels" };

export default async function ChannelsPage() {
  const { channels, mayEdit } = await readChannels();
  return (
    <ListFrame
      current="/alerts/channels"
      title="Alert channels"
      description="Where alerts go. A rule without channels of its own tells all that are on."
      make="New channel"
      mayEdit={mayEdit}
      empty={{
        icon: Send,
        title: "Nobody is told yet",
        text: "Each way to people (email, Slack, a webhook) will be here with whether it works.",
      }}
      count={channels.length}
    >
      <CardGrid label="Alert channels">
        {channels.map((channel) => (
          <GridCard key={channel.id}>
            <ChannelCard channel={channel} mayEdit={mayEdit} />
          </GridCard>
        ))}
      </CardGrid>
    </ListFrame>
  );
}

function ChannelCard({ channel, mayEdit }: { channel: Channel; mayEdit: boolean }) {
  const { id, label, type, origin, disabledAt } = channel;
  const { icon: Icon, tone, word, why } = stateOf(channel);
  return (
    <div className="grid gap-3">
      <div>
        <h2 className="text-sm font-semibold break-words text-ink">{label}</h2>
        <p className="text-xs text-muted">
          {CHANNEL_TYPES.get(type)?.label ?? type}
          {origin === "file" ? " · from monitoring.config.ts" : ""}
        </p>
      </div>
      <div className="flex items-start gap-2 text-sm">
        <Icon aria-hidden size={16} className={classNames("mt-0.5 shrink-0", tone)} />
        <p className="min-w-0 break-words text-ink">
          <strong className={classNames("font-semibold", tone)}>{word}</strong>
          {why ? `: ${why}` : ""}
        </p>
      </div>
      {mayEdit ? (
        <div className="flex flex-wrap gap-2">
          {disabledAt ? (
            <OneButton action={enableChannelAction} id={id} label={`Switch ${label} on`}>
              Switch on
            </OneButton>
          ) : (
            <>
              <OneButton action={sendTestAction} id={id} label={`Send a test to ${label}`}>
                Send a test
              </OneButton>
              <OneButton action={disableChannelAction} id={id} label={`Switch ${label} off`}>
                Switch off
              </OneButton>
            </>
          )}
          {origin === "database" ? (
            <ButtonLink href={`/alerts/channels/${id}/edit`} small aria-label={`Edit ${label}`}>
              Edit
            </ButtonLink>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function stateOf({ disabledAt, disabledReason }: Channel): {
  icon: LucideIcon;
  tone: string;
  word: string;
  why: string;
} {
  if (!disabledAt) return { icon: CircleCheck, tone: "text-positive", word: "On", why: "" };
  const why = disabledReason ?? "";
  if (why.startsWith(NOT_SET_UP))
    return { icon: Settings2, tone: "text-muted", word: "Not set up", why: why.slice(NOT_SET_UP.length) };
  return { icon: CircleX, tone: "text-negative", word: "Off", why };
}
