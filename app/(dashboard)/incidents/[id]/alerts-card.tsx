import { X } from "lucide-react";
import Link from "next/link";
import { linkAlertAction, unlinkAlertAction } from "@/app/_actions/incidents";
import { Card } from "@/app/_components/card";
import { AlertStateBadge } from "@/app/_components/severity-badge";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { Alert } from "@/lib/alerting/alert";
import { AlertPicker } from "./alert-picker";
import { Disclosure } from "./disclosure";

interface AlertsCardProps {
  incidentId: string;
  alerts: readonly Alert[];
  mayEdit: boolean;
}

/** The alerts that belong to it, each with why. */
export function AlertsCard({ incidentId, alerts, mayEdit }: AlertsCardProps) {
  return (
    <Card title="Alerts" aside={alerts.length > 0 ? alerts.length : undefined} flush>
      {alerts.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">None belongs to it.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {alerts.map(({ id, subject, summary, shown, incidentReason }) => (
            <li key={id} className="relative grid grid-cols-[minmax(0,1fr)] gap-1 px-4 py-2.5 hover:bg-sunken">
              <span className="flex items-center gap-3">
                <Link
                  href={`/alerts/${id}`}
                  prefetch={false}
                  className="min-w-0 flex-1 truncate text-sm font-medium text-ink after:absolute after:inset-0"
                >
                  {subject}
                </Link>
                <AlertStateBadge state={shown} />
              </span>
              <span className="text-xs break-words text-muted">{summary}</span>
              {incidentReason ? (
                <span className="text-xs break-words text-muted">Here because {incidentReason}.</span>
              ) : null}
              {mayEdit ? (
                <ActionForm
                  action={unlinkAlertAction}
                  label={`Take out ${subject}`}
                  className="relative justify-items-start gap-2"
                >
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton look="ghost" small pending="Taking it out…">
                    <X aria-hidden size={14} />
                    Take out
                  </SubmitButton>
                </ActionForm>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <Disclosure words="Add an alert">
          <ActionForm action={linkAlertAction} label="Add an alert" className="gap-3">
            <input type="hidden" name="incidentId" value={incidentId} />
            <AlertPicker taken={alerts.map(({ id }) => id)} />
            <div>
              <SubmitButton small pending="Adding…">
                Add alert
              </SubmitButton>
            </div>
          </ActionForm>
        </Disclosure>
      ) : null}
    </Card>
  );
}
