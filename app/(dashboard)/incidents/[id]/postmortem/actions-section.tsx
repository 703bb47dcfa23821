import { addActionItemAction } from "@/app/_actions/action-items";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { ActionItem } from "@/lib/incidents/actions/action-item";
import { ActionFields } from "../../actions/action-fields";
import { ActionRow } from "../../actions/action-row";
import { DocumentSection } from "./document-text";

interface ActionsSectionProps {
  incidentId: string;
  actions: readonly ActionItem[];
  people: readonly { id: string; name: string }[];
  mayEdit: boolean;
}

/** What is to be done so that it does not come again. */
export function ActionsSection({ incidentId, actions, people, mayEdit }: ActionsSectionProps) {
  return (
    <DocumentSection title="Action items">
      {actions.length === 0 ? (
        <p className="text-sm text-muted">Nothing is to be done yet.</p>
      ) : (
        <ul
          aria-label="Action items"
          className="divide-y divide-line rounded-lg border border-line bg-surface print:divide-y-0 print:border-0"
        >
          {actions.map((item) => (
            <li key={item.id} className="print:break-inside-avoid">
              <ActionRow item={item} people={people} mayEdit={mayEdit} />
            </li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <div className="mt-3 rounded-lg border border-line bg-surface p-4 print:hidden">
          <ActionForm action={addActionItemAction} label="Add an action item" className="gap-4">
            <input type="hidden" name="incidentId" value={incidentId} />
            <ActionFields people={people} />
            <div>
              <SubmitButton look="secondary" pending="Adding…">
                Add action item
              </SubmitButton>
            </div>
          </ActionForm>
        </div>
      ) : null}
    </DocumentSection>
  );
}
