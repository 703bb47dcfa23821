import { BellOff } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ButtonLink } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { readAlert } from "@/app/_dal/alerts";
import type { Alert } from "@/lib/alerting/alert";
import { DeclareButton } from "../../incidents/declare-button";
import { silencePath } from "../address";
import { Acknowledge } from "./acknowledge";
import { AlertFacts } from "./alert-facts";
import { Effects } from "./effects";
import { StateCard } from "./state-card";
import { Timeline } from "./timeline";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await readAlert((await params).id)).alert.subject };
}

/** An alert as a story: what is wrong, who has it, what follows from it, and what happened in its order. */
export default async function AlertPage({ params }: PageProps) {
  const detail = await readAlert((await params).id);
  const { alert, parent, effects, incident, mayEdit } = detail;
  return (
    <>
      <PageHeader
        title={alert.subject}
        description={alert.ruleLabel}
        above={<Link href="/alerts">Alerts</Link>}
        actions={
          mayEdit && alert.shown !== "resolved" ? (
            <>
              <ButtonLink href={silencePath(matchersFor(alert))} prefetch={false}>
                <BellOff aria-hidden size={16} />
                Silence
              </ButtonLink>
              {incident ? null : <DeclareButton of={{ alert: alert.id }} />}
            </>
          ) : undefined
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <StateCard alert={alert} />
        {parent ? (
          <p className="text-sm text-muted">
            It is an effect of{" "}
            <Link href={`/alerts/${parent.id}`} className="font-medium text-accent underline underline-offset-2">
              {parent.subject}
            </Link>
            : {parent.summary}
          </p>
        ) : null}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Acknowledge alert={alert} mayEdit={mayEdit} />
            <Effects effects={effects} />
            <Timeline story={detail} mayEdit={mayEdit} />
          </div>
          <AlertFacts detail={detail} />
        </div>
      </div>
    </>
  );
}

/** A silence of just this: its check where it has one, else its rule. */
function matchersFor({ labels, ruleKey }: Alert): string[] {
  return labels["check"] ? [`check=${labels["check"]}`] : [`rule=${ruleKey}`];
}
