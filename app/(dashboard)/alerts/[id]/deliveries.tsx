import { CircleCheck, CircleX, Clock, type LucideIcon } from "lucide-react";
import { sendAgainAction } from "@/app/_actions/alerts";
import { classNames } from "@/app/_components/class-names";
import { ClockTime } from "@/app/_components/relative-time";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { AlertNotification } from "@/lib/alerting/get-alert";
import { formatMs } from "@/lib/core/format";
import { describeOutcome } from "./timeline-entries";

const LOOKS: Readonly<Record<string, { icon: LucideIcon; tone: string }>> = {
  sent: { icon: CircleCheck, tone: "text-positive" },
  found: { icon: CircleCheck, tone: "text-positive" },
  retry: { icon: Clock, tone: "text-caution" },
  permanent: { icon: CircleX, tone: "text-negative" },
};

/** Each message of a notification with each try to deliver it; one that failed can be sent again. */
export function Deliveries({ notification, mayEdit }: { notification: AlertNotification; mayEdit: boolean }) {
  return notification.messages.map(({ id, target, status, attempts, lastError }) => (
    <div key={id} className="mt-1.5 grid gap-1.5 border-l-2 border-line pl-3">
      <p className="text-xs break-all text-muted">
        To {target}
        {status === "queued" ? <span>, waiting{lastError ? " for the next try" : ""}</span> : null}
      </p>
      <ul className="grid gap-1">
        {attempts.map((attempt) => (
          <Attempt key={`${attempt.at.getTime()} ${attempt.outcome}`} attempt={attempt} />
        ))}
      </ul>
      {status === "failed" && mayEdit ? (
        <ActionForm action={sendAgainAction} label={`Send again to ${target}`} className="justify-items-start gap-2">
          <input type="hidden" name="id" value={id} />
          <SubmitButton look="secondary" small pending="Sending…">
            Send again
          </SubmitButton>
        </ActionForm>
      ) : null}
    </div>
  ));
}

function Attempt({ attempt }: { attempt: AlertNotification["messages"][number]["attempts"][number] }) {
  const { at, durationMs, outcome, detail } = attempt;
  const { icon: Icon, tone } = LOOKS[outcome] ?? { icon: Clock, tone: "text-muted" };
  return (
    <li className="flex items-start gap-1.5 text-xs text-muted">
      <Icon aria-hidden size={14} className={classNames("mt-px shrink-0", tone)} />
      <span className="min-w-0 break-words">
        <span className={classNames("font-medium", tone)}>{describeOutcome(outcome)}</span>
        {detail ? `: ${detail}` : ""} · <ClockTime at={at} /> · {formatMs(durationMs)}
      </span>
    </li>
  );
}
