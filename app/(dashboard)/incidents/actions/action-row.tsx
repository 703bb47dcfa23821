import Link from "next/link";
import { deleteActionItemAction, updateActionItemAction } from "@/app/_actions/action-items";
import { UtcTime } from "@/app/_components/utc-time";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { ActionItem } from "@/lib/incidents/actions/action-item";
import { incidentName } from "@/lib/incidents/incident";
import { ActionFields } from "./action-fields";
import { DoneBox } from "./done-box";
import { DueDate } from "./due-date";

interface ActionRowProps {
  item: ActionItem;
  people: readonly { id: string; name: string }[];
  mayEdit: boolean;
  /** Names its incident, where the list is not the incident's own. */
  withIncident?: boolean;
}

/** An action item with its box, and the form that changes it folded away. */
export function ActionRow({ item, people, mayEdit, withIncident = false }: ActionRowProps) {
  const { id, title, owner, doneAt, doneBy, incidentNumber, incidentTitle } = item;
  return (
    <div className="flex items-start gap-3 px-4 py-3 print:px-0 print:py-1">
      {mayEdit ? (
        <span className="print:hidden">
          <DoneBox id={id} title={title} isDone={doneAt !== null} />
        </span>
      ) : null}
      {/* On paper, and for whoever only reads. */}
      <span aria-hidden className={mayEdit ? "hidden print:block" : undefined}>
        {doneAt === null ? "☐" : "☑"}
      </span>
      <div className="min-w-0 flex-1">
        <p className={doneAt === null ? "text-sm break-words text-ink" : "text-sm break-words text-muted line-through"}>
          {title}
        </p>
        <p className="flex flex-wrap gap-x-2 gap-y-0.5 text-xs text-muted">
          <span>{owner ?? "No owner"}</span>
          <DueDate item={item} />
          {doneAt === null ? null : (
            <span>
              done <UtcTime at={doneAt} />
              {doneBy ? ` by ${doneBy}` : ""}
            </span>
          )}
          {withIncident ? (
            <Link
              href={`/incidents/${incidentNumber}/postmortem`}
              prefetch={false}
              className="min-w-0 font-medium break-words text-accent underline underline-offset-2"
            >
              {incidentName(incidentNumber)} {incidentTitle}
            </Link>
          ) : null}
        </p>
        {mayEdit ? (
          <details className="mt-1 print:hidden">
            <summary className="w-fit cursor-pointer rounded-md text-xs font-medium text-muted hover:text-ink">
              Change<span className="sr-only"> {title}</span>
            </summary>
            <div className="grid gap-4 pt-3 pb-1">
              <ActionForm action={updateActionItemAction} label={`Change ${title}`} className="gap-4">
                <input type="hidden" name="id" value={id} />
                <ActionFields people={people} item={item} />
                <div>
                  <SubmitButton small look="secondary">
                    Save
                  </SubmitButton>
                </div>
              </ActionForm>
              <ActionForm action={deleteActionItemAction} label={`Delete ${title}`} className="gap-2">
                <input type="hidden" name="id" value={id} />
                <div>
                  <SubmitButton small look="ghost" pending="Deleting…">
                    Delete this item
                  </SubmitButton>
                </div>
              </ActionForm>
            </div>
          </details>
        ) : null}
      </div>
    </div>
  );
}
