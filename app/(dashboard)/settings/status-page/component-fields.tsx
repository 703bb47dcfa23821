import { ButtonLink } from "@/app/_components/button";
import type { CheckChoice } from "@/app/_dal/status-page";
import { CheckboxField, CheckboxGroup, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { StatusComponent } from "@/lib/status-page/component";

interface ComponentFieldsProps {
  component?: StatusComponent;
  choices: readonly CheckChoice[];
  submit: string;
}

/** The fields of a component. */
export function ComponentFields({ component, choices, submit }: ComponentFieldsProps) {
  return (
    <>
      <TextField
        name="label"
        label="Name"
        help="In words that your visitors know. The checks’ own names are not shown."
        defaultValue={component?.label}
        autoComplete="off"
        required
      />
      <TextField name="description" label="Description" defaultValue={component?.description} autoComplete="off" />
      <TextField
        name="groupName"
        label="Group"
        help="Components of one group stand together."
        defaultValue={component?.groupName}
        autoComplete="off"
      />
      <div className="relative max-h-80 overflow-y-auto rounded-md border border-line p-3">
        <CheckboxGroup
          name="checkIds"
          label="Measured by"
          help={
            choices.length === 0
              ? "There is no check yet. Make one under Checks first."
              : "Its state is the worst of these checks: all fail is a major outage, some a partial one."
          }
          options={choices}
          defaultValue={component?.checks.map(({ id }) => id).join("\n")}
        />
      </div>
      <CheckboxField
        name="showResponseTime"
        label="Show response times"
        help="Of the last 24 hours, as a chart."
        defaultChecked={component?.showResponseTime ?? false}
      />
      <div className="flex gap-2">
        <SubmitButton>{submit}</SubmitButton>
        <ButtonLink href="/settings/status-page">Cancel</ButtonLink>
      </div>
    </>
  );
}
