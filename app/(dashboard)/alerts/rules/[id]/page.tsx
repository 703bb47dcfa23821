import type { Metadata } from "next";
import Link from "next/link";
import { pauseRuleAction, resumeRuleAction } from "@/app/_actions/alert-rules";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { SeverityBadge } from "@/app/_components/severity-badge";
import { readRule } from "@/app/_dal/alerting";
import { readAlertsOf } from "@/app/_dal/alerts";
import { FactList } from "@/app/_lists/fact-list";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";
import { formatDuration } from "@/lib/core/format";
import { describeConfig } from "@/lib/checks/describe-config";
import { AlertRows } from "../../alert-rows";
import { OneButton } from "../../small-form";
import { toRow } from "../../to-row";
import { opensIncidentText } from "../opens-incident";
import { RuleState } from "../rule-state";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await readRule((await params).id)).label };
}

const orAtOnce = (seconds: number): string => (seconds === 0 ? "at once" : formatDuration(seconds));

/** How a rule is set, and the alerts it made. */
export default async function RulePage({ params }: PageProps) {
  const rule = await readRule((await params).id);
  const alerts = await readAlertsOf({ rule: rule.key }, "all");
  const { id, label, origin, pausedAt, problem, mayEdit } = rule;
  const source = SOURCE_TYPES.get(rule.source);
  const config = source ? describeConfig(source, rule.config).map(({ title, text }) => [title, text] as const) : [];
  return (
    <>
      <PageHeader
        title={label}
        description={source?.label ?? rule.source}
        above={<Link href="/alerts/rules">Alert rules</Link>}
        actions={
          mayEdit ? (
            <>
              <OneButton
                action={pausedAt ? resumeRuleAction : pauseRuleAction}
                id={id}
                label={pausedAt ? "Resume" : "Pause"}
              >
                {pausedAt ? "Resume" : "Pause"}
              </OneButton>
              {origin === "database" ? (
                <ButtonLink href={`/alerts/rules/${id}/edit`} small>
                  Edit
                </ButtonLink>
              ) : null}
            </>
          ) : undefined
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {problem ? <Banner tone="caution">It can&rsquo;t be looked at: {problem}</Banner> : null}
        <div className="flex flex-wrap items-center gap-3">
          <RuleState rule={rule} />
          <SeverityBadge severity={rule.severity} />
        </div>
        <Card title="Settings">
          <FactList
            facts={{
              ...Object.fromEntries(config),
              firesAfter: orAtOnce(rule.forSeconds),
              overAfter: orAtOnce(rule.keepFiringSeconds),
              cooldownSeconds: rule.cooldownSeconds,
              channels: rule.channels.length > 0 ? rule.channels : "all that are on",
              labels: rule.labels,
              opensIncident: opensIncidentText(rule.opensIncident),
              runbook: rule.runbookUrl,
              key: rule.key,
            }}
          />
          {origin === "file" ? (
            <p className="mt-4 text-xs text-muted">
              From monitoring.config.ts, read-only here: change it there and restart. It can be paused here.
            </p>
          ) : null}
        </Card>
        <section aria-labelledby="its-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <h2 id="its-alerts" className="text-base font-semibold tracking-tight text-ink">
            Its alerts
          </h2>
          {alerts.length > 0 ? (
            <AlertRows alerts={alerts.map(toRow)} />
          ) : (
            <p className="rounded-lg border border-dashed border-line-strong px-4 py-8 text-center text-sm text-muted">
              Each time it fires will be a line here.
            </p>
          )}
        </section>
      </div>
    </>
  );
}
