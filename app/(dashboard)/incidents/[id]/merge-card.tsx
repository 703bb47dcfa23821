import { mergeIncidentAction } from "@/app/_actions/incidents";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { IncidentPicker } from "@/app/_forms/incident-picker";
import { SubmitButton } from "@/app/_forms/submit-button";
import { Disclosure } from "./disclosure";

/** For two incidents of which it turns out that they are one. */
export function MergeCard({ id }: { id: string }) {
  return (
    <Card title="Part of another one?" flush>
      <Disclosure words="Merge it into another incident">
        <ActionForm action={mergeIncidentAction} label="Merge into another incident" className="gap-3">
          <input type="hidden" name="id" value={id} />
          <IncidentPicker
            name="intoId"
            label="Merge into"
            help="The other one takes over its alerts and affected checks and goes on. This one ends, keeps its story, and says where it goes on."
            except={id}
          />
          <div>
            <SubmitButton small pending="Merging…">
              Merge
            </SubmitButton>
          </div>
        </ActionForm>
      </Disclosure>
    </Card>
  );
}
