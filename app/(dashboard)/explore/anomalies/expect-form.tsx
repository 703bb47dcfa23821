import { markAnomalyAction } from "@/app/_actions/anomalies";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";

interface Props {
  id: string;
  name: string;
  at: Date;
  isExpected: boolean;
}

/** Says that an anomaly was expected, or takes that back. */
export function ExpectForm({ id, name, at, isExpected }: Props) {
  return (
    <ActionForm
      action={markAnomalyAction}
      label={`Mark the anomaly of ${name} at ${at.toISOString()}`}
      className="gap-2"
    >
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="expected" value={isExpected ? "no" : "yes"} />
      <div>
        <SubmitButton look="secondary" small pending="Saving…">
          {isExpected ? "Not expected" : "Expected"}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
