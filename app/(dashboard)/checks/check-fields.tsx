import { ButtonLink } from "@/app/_components/button";
import { TextareaField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { Field } from "@/lib/checks/config-fields";
import { ConfigField } from "./config-field";

/** So many optional fields stand open; more fold away. */
const OPEN_OPTIONS = 5;

interface CheckFieldsProps {
  fields: readonly Field[];
  /** By field name, as texts. */
  config: Readonly<Record<string, string>>;
  label?: string;
  dependsOn?: readonly string[];
  timing: { intervalSeconds: string; timeoutSeconds: string; failureThreshold: string };
  /** A stored check's secrets come as dots that stand for them. */
  stored?: boolean;
  submit: string;
  cancel: string;
}

/** The form of a check: its name, the fields of its type (from the zod schema), and when it runs. */
export function CheckFields(props: CheckFieldsProps) {
  const { fields, config, label, dependsOn = [], timing, stored = false, submit, cancel } = props;
  const required = fields.filter((field) => field.required);
  const optional = fields.filter((field) => !field.required);
  const show = (field: Field) => (
    <ConfigField key={field.name} field={field} value={config[field.name] ?? ""} stored={stored} />
  );
  return (
    <>
      <TextField
        name="label"
        label="Name"
        help="What people read on cards and in messages."
        defaultValue={label}
        autoComplete="off"
        required
      />
      {required.map(show)}
      {optional.length <= OPEN_OPTIONS ? (
        optional.map(show)
      ) : (
        <details className="rounded-lg border border-line">
          <summary className="cursor-pointer rounded-lg px-4 py-3 text-sm font-medium text-ink hover:bg-sunken">
            {optional.length} more settings <span className="font-normal text-muted">{titlesOf(optional)}</span>
          </summary>
          <div className="grid gap-5 border-t border-line p-4">{optional.map(show)}</div>
        </details>
      )}
      <fieldset className="grid gap-5 border-t border-line pt-5 sm:grid-cols-3">
        <legend className="sr-only">When it runs</legend>
        <TextField
          name="intervalSeconds"
          label="Every"
          help="Seconds from one run to the next: 10 to 86,400 (a day)."
          type="number"
          inputMode="numeric"
          min={10}
          max={86_400}
          defaultValue={timing.intervalSeconds}
          required
        />
        <TextField
          name="timeoutSeconds"
          label="Time-out"
          help="Seconds after which a run has failed."
          type="number"
          inputMode="numeric"
          min={1}
          max={300}
          defaultValue={timing.timeoutSeconds}
          required
        />
        <TextField
          name="failureThreshold"
          label="Fails after"
          help="So many failures in a row turn it red."
          type="number"
          inputMode="numeric"
          min={1}
          max={100}
          defaultValue={timing.failureThreshold}
          required
        />
      </fieldset>
      <TextareaField
        name="dependsOn"
        label="Depends on"
        help="Keys of checks, one a line. While one of them fails, this one's failure is its effect: it is listed there and alerts nobody."
        defaultValue={dependsOn.join("\n")}
        rows={2}
      />
      <div className="flex gap-2">
        <SubmitButton>{submit}</SubmitButton>
        <ButtonLink href={cancel}>Cancel</ButtonLink>
      </div>
    </>
  );
}

function titlesOf(fields: readonly Field[]): string {
  const titles = fields.slice(0, 3).map(({ title }) => title.toLowerCase());
  return fields.length > titles.length ? `${titles.join(", ")}, …` : titles.join(", ");
}
