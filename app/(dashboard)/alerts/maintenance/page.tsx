import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { StateBadge } from "@/app/_components/state-badge";
import { readWindows } from "@/app/_dal/alerting";
import type { ShownWindow } from "@/lib/alerting/maintenance/maintenance";
import { matcherText } from "@/lib/alerting/matchers";
import { CardGrid, GridCard, ListFrame } from "../list-frame";
import { describeSpan, describeWindow } from "./describe-window";

export const metadata: Metadata = { title: "Maintenance" };

export default async function MaintenancePage() {
  const { windows, mayEdit } = await readWindows();
  return (
    <ListFrame
      current="/alerts/maintenance"
      title="Maintenance"
      description="Planned times in which alerts tell nobody: once, each week, or by a cron line."
      make="New window"
      mayEdit={mayEdit}
      empty={{
        icon: CalendarClock,
        title: "Nothing is planned",
        text: "Each planned window will be here with its next three times. What fires in it is shown, and tells nobody.",
      }}
      count={windows.length}
    >
      <CardGrid label="Maintenance windows">
        {windows.map((window) => (
          <GridCard key={window.id}>
            <WindowCard window={window} mayEdit={mayEdit} />
          </GridCard>
        ))}
      </CardGrid>
    </ListFrame>
  );
}

function WindowCard({ window, mayEdit }: { window: ShownWindow; mayEdit: boolean }) {
  const { id, label, description, matchers, active, next, timezone } = window;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 text-sm font-semibold break-words text-ink">
          {mayEdit ? <Link href={`/alerts/maintenance/${id}/edit`}>{label}</Link> : label}
        </h2>
        {active ? <StateBadge state="maintenance" detail="now" /> : null}
      </div>
      <p className="mt-1 text-sm text-ink">{describeWindow(window)}</p>
      {description ? <p className="mt-1 text-sm break-words text-muted">{description}</p> : null}
      <p className="mt-1 text-xs text-muted">
        {matchers.length === 0 ? (
          "Of everything"
        ) : (
          <code className="font-mono">{matchers.map(matcherText).join(" ")}</code>
        )}
      </p>
      {next.length === 0 ? (
        <p className="mt-2 text-xs text-muted">It is over.</p>
      ) : (
        <ol className="mt-2 grid gap-0.5 text-xs text-muted">
          {next.map((span) => (
            <li key={span.from.toISOString()}>{describeSpan(span, timezone)}</li>
          ))}
        </ol>
      )}
    </>
  );
}
