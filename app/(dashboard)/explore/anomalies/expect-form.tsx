import { markAnomalyAction } from "@/app/_actions/anomalies";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";

/** Says that an anomaly was expected, or takes that back. */
export function ExpectForm({ id, name, isExpected }: { id: string; name: string; isExpected: boolean }) {
  return (
    <ActionForm action={markAnomalyAction} label={`Mark the anomaly of ${name}`} className="gap-2">
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
