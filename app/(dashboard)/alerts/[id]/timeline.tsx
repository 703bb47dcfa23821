import {
  ArrowUpRight,
  BellOff,
  BellRing,
  Check,
  CircleDot,
  Hourglass,
  Repeat2,
  Send,
  Undo2,
  UserCheck,
  type LucideIcon,
} from "lucide-react";
import { ClockTime } from "@/app/_components/relative-time";
import type { AlertStory } from "@/lib/alerting/get-alert";
import { Deliveries } from "./deliveries";
import { type TimelineEntry, describeNotification, timelineOf } from "./timeline-entries";

const ICONS: Readonly<Record<string, LucideIcon>> = {
  pending: Hourglass,
  firing: BellRing,
  severity: ArrowUpRight,
  clearing: Hourglass,
  flapping: Repeat2,
  suppressed: BellOff,
  resolved: Check,
  acknowledged: UserCheck,
  unacknowledged: Undo2,
};

/** All that happened to an alert, the oldest first: what changed it, who was told, and each try to tell them. */
export function Timeline({ story, mayEdit }: { story: AlertStory; mayEdit: boolean }) {
  const entries = timelineOf(story);
  return (
    <section aria-labelledby="timeline" className="grid min-w-0 gap-4">
      <h2 id="timeline" className="text-base font-semibold tracking-tight text-ink">
        What happened
      </h2>
      {entries.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-8 text-center text-sm text-muted">
          Each change of this alert will be a line here, with who was told of it.
        </p>
      ) : (
        <ol className="rounded-lg border border-line bg-surface px-4 py-2">
          {entries.map((entry) => (
            <li key={keyOf(entry)} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 py-2">
              <Mark icon={entry.type === "event" ? (ICONS[entry.kind] ?? CircleDot) : Send} />
              <div className="min-w-0">
                <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4">
                  <p className="min-w-0 text-sm break-words text-ink">
                    {entry.type === "event" ? entry.message : describeNotification(entry.notification)}
                  </p>
                  <ClockTime at={entry.at} className="text-xs text-muted" />
                </div>
                {entry.type === "notification" ? (
                  <Deliveries notification={entry.notification} mayEdit={mayEdit} />
                ) : null}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const keyOf = (entry: TimelineEntry): string =>
  entry.type === "notification" ? entry.notification.id : `${entry.at.getTime()} ${entry.kind} ${entry.message}`;

function Mark({ icon: Icon }: { icon: LucideIcon }) {
  return (
    <span aria-hidden className="grid size-6 place-items-center rounded-full bg-sunken text-muted">
      <Icon size={14} />
    </span>
  );
}
