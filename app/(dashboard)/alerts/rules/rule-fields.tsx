import { ButtonLink } from "@/app/_components/button";
import { CheckboxGroup, SelectField, TextareaField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import { SEVERITY_LOOKS } from "@/app/_components/severity";
import type { Rule } from "@/lib/alerting/rules/rule";
import type { SourceType } from "@/lib/alerting/define-source";
import { configFields } from "@/lib/checks/config-fields";
import { configFormValues } from "@/lib/checks/config-form";
import { ConfigField } from "../../checks/config-field";
import { INCIDENT_OPTIONS } from "./opens-incident";
import { RulePreview } from "./rule-preview";

interface RuleFieldsProps {
  source: SourceType;
  rule?: Rule;
  channels: readonly { key: string; label: string }[];
  submit: string;
  cancel: string;
}

const SEVERITY_OPTIONS = Object.entries(SEVERITY_LOOKS).map(([value, { word }]) => ({ value, label: word }));

/** The form of a rule: its name, the fields of its source (from the zod schema), when it fires and whom it tells. */
export function RuleFields({ source, rule, channels, submit, cancel }: RuleFieldsProps) {
  const fields = configFields(source);
  const values = configFormValues(source, rule?.config ?? {});
  const seconds = { type: "number", inputMode: "numeric", min: 0 } as const;
  const titles = Object.fromEntries(fields.map(({ name, title }) => [`config.${name}`, title]));
  return (
    <>
      <TextField
        name="label"
        label="Name"
        help="What people read in messages."
        defaultValue={rule?.label}
        autoComplete="off"
        required
      />
      {fields.map((field) => (
        <ConfigField key={field.name} field={field} value={values[field.name] ?? ""} stored={rule !== undefined} />
      ))}
      <SelectField
        name="severity"
        label="Severity"
        options={SEVERITY_OPTIONS}
        defaultValue={rule?.severity ?? "warning"}
        required
      />
      <div className="grid gap-5 sm:grid-cols-3">
        <TextField
          {...seconds}
          name="forSeconds"
          label="Fires after"
          help="Seconds that it must hold."
          defaultValue={String(rule?.forSeconds ?? 0)}
        />
        <TextField
          {...seconds}
          name="keepFiringSeconds"
          label="Over after"
          help="Seconds that it must be gone."
          defaultValue={String(rule?.keepFiringSeconds ?? 0)}
        />
        <TextField
          {...seconds}
          name="cooldownSeconds"
          label="Cooldown"
          help="Least seconds between two messages; empty: the usual."
          defaultValue={String(rule?.cooldownSeconds ?? "")}
        />
      </div>
      {channels.length > 0 ? (
        <CheckboxGroup
          name="channels"
          label="Channels"
          help="None ticked: all that are on."
          options={channels.map(({ key, label }) => ({ value: key, label }))}
          defaultValue={rule?.channels.join("\n")}
        />
      ) : null}
      <TextareaField
        name="labels"
        label="Labels of its alerts"
        help="For silences and for whoever gets the messages; one a line, like team=payments."
        rows={2}
        defaultValue={Object.entries(rule?.labels ?? {})
          .map(([name, text]) => `${name}=${text}`)
          .join("\n")}
      />
      <SelectField
        name="opensIncident"
        label="Open an incident"
        options={INCIDENT_OPTIONS}
        defaultValue={String(rule?.opensIncident ?? "")}
      />
      <TextField
        name="runbookUrl"
        label="Runbook"
        help="An address that says what to do when it fires."
        inputMode="url"
        defaultValue={rule?.runbookUrl ?? ""}
        autoComplete="off"
      />
      <RulePreview titles={titles} />
      <div className="flex gap-2">
        <SubmitButton>{submit}</SubmitButton>
        <ButtonLink href={cancel}>Cancel</ButtonLink>
      </div>
    </>
  );
}
