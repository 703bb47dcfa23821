import type { FormAction } from "@/app/_actions/form-state";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";

interface OneButtonProps {
  action: FormAction;
  id: string;
  /** Names the form for screen readers: "Pause Memory". */
  label: string;
  children: React.ReactNode;
}

/** One button that does one thing to one thing. */
export function OneButton({ action, id, label, children }: OneButtonProps) {
  return (
    <ActionForm action={action} label={label} className="justify-items-start gap-2">
      <input type="hidden" name="id" value={id} />
      <SubmitButton look="secondary" small pending="One moment…">
        {children}
      </SubmitButton>
    </ActionForm>
  );
}

interface DeleteCardProps {
  action: FormAction;
  id: string;
  name: string;
  what: string;
  /** What is lost. */
  lost: string;
}

/** Deletes after the name was typed. */
export function DeleteCard({ action, id, name, what, lost }: DeleteCardProps) {
  return (
    <Card title={`Delete this ${what}`} description={lost}>
      <ActionForm action={action} label={`Delete ${what}`} className="max-w-sm">
        <input type="hidden" name="id" value={id} />
        <TextField name="confirm" label={`Type ${name} to confirm`} autoComplete="off" required />
        <div>
          <SubmitButton look="danger" pending="Deleting…">
            Delete {what}
          </SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}
