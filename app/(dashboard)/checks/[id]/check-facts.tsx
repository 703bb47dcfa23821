import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { CheckDetail } from "@/app/_dal/check";
import { describeConfig } from "@/lib/checks/describe-config";
import { findCheckType } from "@/lib/checks/registry";
import { formatDuration } from "@/lib/core/format";

/** How the check is set. Secrets come masked from the verb. */
export function CheckFacts({ check }: { check: CheckDetail }) {
  const type = findCheckType(check.type);
  const settings = type ? describeConfig(type, check.config) : [];
  return (
    <Card title="Settings">
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
        <Fact name="Type">{type?.label ?? check.type}</Fact>
        <Fact name="Key">
          <code className="font-mono">{check.key}</code>
        </Fact>
        {settings.map(({ name, title, text }) => (
          <Fact key={name} name={title}>
            <span className="whitespace-pre-wrap">{text}</span>
          </Fact>
        ))}
        <Fact name="Every">{formatDuration(check.intervalSeconds)}</Fact>
        <Fact name="Time-out">{formatDuration(check.timeoutSeconds)}</Fact>
        <Fact name="Fails after">
          {check.failureThreshold} {check.failureThreshold === 1 ? "failure" : "failures in a row"}
        </Fact>
        {check.pausedAt ? null : (
          <Fact name="Next run">
            <RelativeTime at={check.nextDueAt} />
          </Fact>
        )}
        <Fact name="Made">
          <RelativeTime at={check.createdAt} />
        </Fact>
      </dl>
      {check.origin === "file" ? (
        <p className="mt-4 text-xs text-muted">
          From monitoring.config.ts, read-only here: change it there and restart. It can be paused and run here.
        </p>
      ) : null}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
