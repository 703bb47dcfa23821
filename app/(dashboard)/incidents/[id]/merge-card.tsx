import { mergeIncidentAction } from "@/app/_actions/incidents";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { SelectField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import { Disclosure } from "./disclosure";

interface MergeCardProps {
  id: string;
  others: readonly { id: string; name: string; title: string }[];
}

/** For two incidents of which it turns out that they are one. */
export function MergeCard({ id, others }: MergeCardProps) {
  const options = others.map((other) => ({ value: other.id, label: `${other.name} ${other.title}` }));
  return (
    <Card title="Part of another one?" flush>
      <Disclosure words="Merge it into another incident">
        <ActionForm action={mergeIncidentAction} label="Merge into another incident" className="gap-3">
          <input type="hidden" name="id" value={id} />
          <SelectField
            name="intoId"
            label="Merge into"
            help="The other one takes over its alerts and affected checks and goes on. This one ends, keeps its story, and says where it goes on."
            options={[{ value: "", label: "Choose an incident" }, ...options]}
            required
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
