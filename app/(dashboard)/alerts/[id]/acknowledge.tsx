import { acknowledgeAlertAction, unacknowledgeAlertAction } from "@/app/_actions/alerts";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { Alert } from "@/lib/alerting/alert";

/** Who has it; or, while nobody has, the form to take it on. Nothing of one that is over and nobody took. */
export function Acknowledge({ alert, mayEdit }: { alert: Alert; mayEdit: boolean }) {
  const { id, acknowledgedAt, acknowledgedBy, acknowledgeNote, shown } = alert;
  const isOpen = shown !== "resolved";
  if (acknowledgedBy === null && !(isOpen && mayEdit)) return null;
  if (acknowledgedBy === null) {
    return (
      <Card title="Take it on" description="Others see that you have it, and no reminders go out.">
        <ActionForm action={acknowledgeAlertAction} label="Acknowledge" className="gap-3">
          <input type="hidden" name="id" value={id} />
          <TextField name="note" label="Note" help="What you are about to do, for the others." autoComplete="off" />
          <div>
            <SubmitButton pending="Acknowledging…">Acknowledge</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    );
  }
  return (
    <Card
      title={`Acknowledged by ${acknowledgedBy}`}
      aside={acknowledgedAt ? <RelativeTime at={acknowledgedAt} /> : null}
    >
      <div className="grid gap-3">
        <p className="text-sm break-words text-ink">
          {acknowledgeNote ? `“${acknowledgeNote}”` : <span className="text-muted">Without a note.</span>}
        </p>
        {isOpen && mayEdit ? (
          <ActionForm action={unacknowledgeAlertAction} label="Give back" className="justify-items-start gap-2">
            <input type="hidden" name="id" value={id} />
            <SubmitButton look="secondary" small pending="Giving back…">
              Give back
            </SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </Card>
  );
}
