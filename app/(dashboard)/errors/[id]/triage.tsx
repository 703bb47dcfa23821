import { assignErrorAction, ignoreErrorAction, reopenErrorAction, resolveErrorAction } from "@/app/_actions/errors";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { SelectField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { GroupStory } from "@/lib/errors/groups/get-group";

interface TriageProps {
  group: GroupStory;
  people: readonly { id: string; name: string }[];
}

/** What an editor makes of an error: resolved, ignored, somebody's. */
export function Triage({ group, people }: TriageProps) {
  const { id, status } = group;
  return (
    <Card title="What to do">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {status === "open" ? (
          <>
            <ActionForm action={resolveErrorAction} label="Resolve" className="gap-3">
              <input type="hidden" name="id" value={id} />
              <SelectField
                name="when"
                label="Resolved"
                options={[
                  { value: "now", label: "now" },
                  { value: "next-release", label: "with the next release" },
                ]}
                help="If it comes again after that, it opens again."
                required
              />
              <div>
                <SubmitButton small>Resolve</SubmitButton>
              </div>
            </ActionForm>
            <ActionForm action={ignoreErrorAction} label="Ignore" className="group gap-3">
              <input type="hidden" name="id" value={id} />
              <SelectField
                name="until"
                label="Ignored"
                options={[
                  { value: "day", label: "for a day" },
                  { value: "week", label: "for a week" },
                  { value: "month", label: "for a month" },
                  { value: "events", label: "until it comes so many times more" },
                  { value: "ever", label: "for good" },
                ]}
                required
              />
              <div className="hidden group-has-[option[value=events]:checked]:block">
                <TextField name="events" label="How many more" type="number" min={1} inputMode="numeric" required />
              </div>
              <div>
                <SubmitButton small look="secondary">
                  Ignore
                </SubmitButton>
              </div>
            </ActionForm>
          </>
        ) : (
          <ActionForm action={reopenErrorAction} label="Reopen" className="gap-3">
            <input type="hidden" name="id" value={id} />
            <div>
              <SubmitButton small look="secondary">
                {status === "resolved" ? "Reopen" : "Ignore no longer"}
              </SubmitButton>
            </div>
          </ActionForm>
        )}
        <ActionForm action={assignErrorAction} label="Assign" className="gap-3">
          <input type="hidden" name="id" value={id} />
          <SelectField
            name="assigneeId"
            label="Assigned to"
            defaultValue={group.assignee?.id ?? ""}
            options={[{ value: "", label: "Nobody" }, ...people.map((one) => ({ value: one.id, label: one.name }))]}
          />
          <div>
            <SubmitButton small look="secondary">
              Assign
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Card>
  );
}
