import type { FormAction } from "@/app/_actions/form-state";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";

/** Two steps, so that no token is revoked by a slip; the first is the browser's own disclosure. */
export function RevokeForm({ id, name, action }: { id: string; name: string; action: FormAction }) {
  return (
    <details className="w-32 sm:w-48">
      <summary className="cursor-pointer font-medium text-negative">
        Revoke<span className="sr-only"> {name}</span>…
      </summary>
      <ActionForm action={action} label={`Revoke ${name}`} className="mt-2 gap-2">
        <input type="hidden" name="id" value={id} />
        <p className="text-xs">Programs that use it are refused from now on. It cannot be undone.</p>
        <div>
          <SubmitButton look="danger" small pending="Revoking…">
            Revoke token
          </SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}
