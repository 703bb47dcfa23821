import { linkErrorIncidentAction, mergeErrorAction, unlinkErrorIncidentAction } from "@/app/_actions/errors";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { IncidentPicker } from "@/app/_forms/incident-picker";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { GroupStory } from "@/lib/errors/groups/get-group";
import { ErrorPicker } from "./error-picker";

/** What an editor joins an error to: an incident, and another error that is the same one. */
export function Belonging({ group: { id, incidentId, project } }: { group: GroupStory }) {
  return (
    <Card title="What it belongs to">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {incidentId === null ? (
          <ActionForm action={linkErrorIncidentAction} label="Add to an incident" className="gap-3">
            <input type="hidden" name="id" value={id} />
            <IncidentPicker name="incidentId" label="Incident" help="By its number or words of its title." />
            <div>
              <SubmitButton small look="secondary" pending="Adding…">
                Add to the incident
              </SubmitButton>
            </div>
          </ActionForm>
        ) : (
          <div className="flex flex-wrap items-start gap-2">
            <ButtonLink href={`/incidents/${incidentId}`} small>
              Its incident
            </ButtonLink>
            <ActionForm action={unlinkErrorIncidentAction} label="Take out of the incident">
              <input type="hidden" name="id" value={id} />
              <SubmitButton small look="ghost" pending="Taking it out…">
                Take it out
              </SubmitButton>
            </ActionForm>
          </div>
        )}
        <ActionForm action={mergeErrorAction} label="Merge" className="gap-3">
          <input type="hidden" name="id" value={id} />
          <ErrorPicker id={id} projectId={project.id} />
          <div>
            <SubmitButton small look="secondary" pending="Merging…">
              Merge into this
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Card>
  );
}
