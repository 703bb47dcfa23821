import { SelectField, TextField } from "@/app/_forms/fields";
import type { ActionItem } from "@/lib/incidents/actions/action-item";

interface ActionFieldsProps {
  people: readonly { id: string; name: string }[];
  item?: Pick<ActionItem, "title" | "ownerId" | "owner" | "dueOn">;
}

/** What, who and by when. */
export function ActionFields({ people, item }: ActionFieldsProps) {
  const known = people.some(({ id }) => id === item?.ownerId);
  // Who has it may be disabled since: they keep it until somebody chooses another.
  const offered =
    item?.ownerId === null || item === undefined || known
      ? people
      : [...people, { id: item.ownerId, name: item.owner ?? "" }];
  return (
    <>
      <TextField name="title" label="What is to be done" defaultValue={item?.title} autoComplete="off" required />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="ownerId"
          label="Owner"
          defaultValue={item?.ownerId ?? ""}
          options={[{ value: "", label: "Nobody yet" }, ...offered.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextField name="dueOn" label="Due on" type="date" defaultValue={item?.dueOn ?? ""} />
      </div>
    </>
  );
}
