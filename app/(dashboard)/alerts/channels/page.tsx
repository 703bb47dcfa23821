import { CircleCheck, CircleX, Send, Settings2, type LucideIcon } from "lucide-react";
import type { Metadata } from "next";
import { disableChannelAction, enableChannelAction, sendTestAction } from "@/app/_actions/channels";
import { ButtonLink } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { EmptyState } from "@/app/_components/empty-state";
import { readChannels } from "@/app/_dal/alerting";
import type { Channel } from "@/lib/alerting/channels/channel-verbs";
import { CHANNEL_TYPES } from "@/lib/alerting/channels/registry";
import { NOT_SET_UP } from "@/lib/alerting/sync-file-alerting";
import { AlertTabs } from "../alert-tabs";
import { OneButton } from "../small-form";

export const metadata: Metadata = { title: "Alert channels" };

export default async function ChannelsPage() {
  const { channels, mayEdit } = await readChannels();
  const make = mayEdit ? (
    <ButtonLink href="/alerts/channels/new" look="primary">
      New channel
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <AlertTabs
        current="/alerts/channels"
        title="Alert channels"
        description="Where alerts go. A rule without channels of its own tells all that are on."
        actions={channels.length > 0 ? make : undefined}
      />
      {channels.length === 0 ? (
        <EmptyState icon={Send} title="Nobody is told yet" action={make}>
          Each way to people (email, Slack, a webhook) will be here with whether it works.
        </EmptyState>
      ) : (
        <ul aria-label="Alert channels" className="grid gap-3 lg:grid-cols-2">
          {channels.map((channel) => (
            <li key={channel.id} className="min-w-0 rounded-lg border border-line bg-surface p-4">
              <ChannelCard channel={channel} mayEdit={mayEdit} />
            </li>
          ))}
        </ul>
      )}
    </>
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
