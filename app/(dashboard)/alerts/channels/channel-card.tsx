import { CircleCheck, CirclePause, CircleX, Clock, Settings2, type LucideIcon } from "lucide-react";
import { disableChannelAction, enableChannelAction, sendTestAction } from "@/app/_actions/channels";
import { ButtonLink } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { RelativeTime } from "@/app/_components/relative-time";
import { SWITCHED_OFF, type Channel } from "@/lib/alerting/channels/channel-verbs";
import type { LastMessage } from "@/lib/alerting/channels/last-messages";
import { CHANNEL_TYPES } from "@/lib/alerting/channels/registry";
import { NOT_SET_UP } from "@/lib/alerting/sync-file-alerting";
import { OneButton } from "../small-form";

type ShownChannel = Channel & { last: LastMessage | undefined };

/** A way to people: whether it is on, what became of its newest message, and what can be done with it. */
export function ChannelCard({ channel, mayEdit }: { channel: ShownChannel; mayEdit: boolean }) {
  const { id, label, type, origin, last, disabledReason } = channel;
  const state = stateOf(channel);
  const kind = CHANNEL_TYPES.get(type)?.label ?? type;
  const about = [...(kind === label ? [] : [kind]), ...(origin === "file" ? ["from monitoring.config.ts"] : [])];
  return (
    <div className="grid gap-3">
      <div>
        <h2 className="text-sm font-semibold break-words text-ink">{label}</h2>
        <p className="text-xs text-muted first-letter:uppercase">{about.join(" · ")}</p>
      </div>
      <div className="grid gap-1">
        <Line icon={state.icon} tone={state.tone}>
          <strong className={classNames("font-semibold", state.tone)}>{state.word}</strong>
          {state.why ? `: ${state.why}` : ""}
        </Line>
        {last && last.error !== disabledReason ? <LastLine last={last} /> : null}
      </div>
      {mayEdit ? (
        <div className="flex flex-wrap gap-2">
          {state.mayTest ? (
            <OneButton action={sendTestAction} id={id} label={`Send a test to ${label}`}>
              Send a test
            </OneButton>
          ) : null}
          {state.mayEnable ? (
            <OneButton action={enableChannelAction} id={id} label={`Switch ${label} on`}>
              Switch on
            </OneButton>
          ) : null}
          {channel.disabledAt ? null : (
            <OneButton action={disableChannelAction} id={id} label={`Switch ${label} off`}>
              Switch off
            </OneButton>
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

function LastLine({ last: { at, status, attempts, error } }: { last: LastMessage }) {
  if (status === "sent")
    return (
      <Line icon={CircleCheck} tone="text-muted">
        The last message arrived, <RelativeTime at={at} />
      </Line>
    );
  if (status === "failed")
    return (
      <Line icon={CircleX} tone="text-negative">
        The last message, <RelativeTime at={at} />, failed for good: {error}
      </Line>
    );
  return (
    <Line icon={Clock} tone={error ? "text-caution" : "text-muted"}>
      {error ? `A message waits for try ${attempts + 1}: ${error}` : "A message is on its way."}
    </Line>
  );
}

function Line({ icon: Icon, tone, children }: { icon: LucideIcon; tone: string; children: React.ReactNode }) {
  return (
    <div className="flex items-start gap-2 text-sm">
      <Icon aria-hidden size={16} className={classNames("mt-0.5 shrink-0", tone)} />
      <p className="min-w-0 break-words text-ink">{children}</p>
    </div>
  );
}

interface ChannelState {
  icon: LucideIcon;
  tone: string;
  word: string;
  why: string;
  /** A test also switches a channel on that a failure has switched off. */
  mayTest: boolean;
  mayEnable: boolean;
}

function stateOf({ disabledAt, disabledReason }: Channel): ChannelState {
  if (!disabledAt)
    return { icon: CircleCheck, tone: "text-positive", word: "On", why: "", mayTest: true, mayEnable: false };
  const why = disabledReason ?? "";
  if (why.startsWith(NOT_SET_UP)) {
    const missing = `${why.slice(NOT_SET_UP.length)} Then restart.`;
    return { icon: Settings2, tone: "text-muted", word: "Not set up", why: missing, mayTest: false, mayEnable: false };
  }
  if (why === SWITCHED_OFF)
    return { icon: CirclePause, tone: "text-muted", word: "Off", why, mayTest: false, mayEnable: true };
  return { icon: CircleX, tone: "text-negative", word: "Off", why, mayTest: true, mayEnable: true };
}
