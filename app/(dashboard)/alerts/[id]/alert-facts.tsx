import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/app/_components/card";
import type { AlertDetail } from "@/app/_dal/alerts";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";

/** Where it comes from and what it is about, with the ways on. */
export function AlertFacts({ detail: { alert, parent, incident, runbookUrl } }: { detail: AlertDetail }) {
  const source = SOURCE_TYPES.get(alert.source);
  const page = source?.subjectPage?.(alert.labels);
  const labels = Object.entries(alert.labels).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <Card title="Facts">
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
        <Fact name="Rule">
          {alert.ruleId ? (
            <FactLink href={`/alerts/rules/${alert.ruleId}`}>{alert.ruleLabel}</FactLink>
          ) : (
            alert.ruleLabel
          )}
        </Fact>
        <Fact name="Looks at">{source?.label ?? alert.source}</Fact>
        {alert.checkId ? (
          <Fact name="Check">
            <FactLink href={`/checks/${alert.checkId}`}>{alert.subject}</FactLink>
          </Fact>
        ) : null}
        {page ? (
          <Fact name={page.word}>
            <FactLink href={page.href}>{alert.subject}</FactLink>
          </Fact>
        ) : null}
        {parent ? (
          <Fact name="Effect of">
            <FactLink href={`/alerts/${parent.id}`}>{parent.subject}</FactLink>
          </Fact>
        ) : null}
        {incident ? (
          <Fact name="Incident">
            <FactLink href={incident.href}>
              {incident.name} {incident.title}
            </FactLink>
          </Fact>
        ) : null}
        {runbookUrl ? (
          <Fact name="What to do">
            <a href={runbookUrl} rel="noreferrer" className="font-medium text-accent underline underline-offset-2">
              Runbook
            </a>
          </Fact>
        ) : null}
      </dl>
      <h3 className="mt-4 mb-1.5 text-xs font-medium text-ink">Labels, by which it can be silenced</h3>
      <ul className="grid gap-1 font-mono text-xs text-muted">
        {labels.map(([name, text]) => (
          <li key={name} className="break-all">
            {name}=<span className="text-ink">{text}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="break-words text-muted">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}

function FactLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="font-medium text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}
