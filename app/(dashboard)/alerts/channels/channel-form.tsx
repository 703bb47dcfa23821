import type { FormAction } from "@/app/_actions/form-state";
import { ButtonLink } from "@/app/_components/button";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { ChannelType } from "@/lib/alerting/channels/define-channel";
import { configFields } from "@/lib/checks/config-fields";
import { configFormValues } from "@/lib/checks/config-form";
import { ConfigField } from "../../checks/config-field";

interface ChannelFormProps {
  action: FormAction;
  /** Sent along: the kind of a new one, the id of a stored one. */
  hidden: { name: "type" | "id"; value: string };
  type: ChannelType;
  label?: string;
  config: Readonly<Record<string, unknown>>;
  submit: string;
}

/** The form of a channel: its name, and the fields of its kind from the zod schema. */
export function ChannelForm({ action, hidden, type, label, config, submit }: ChannelFormProps) {
  const values = configFormValues(type, config);
  return (
    <ActionForm action={action} label="Channel">
      <input type="hidden" {...hidden} />
      <TextField name="label" label="Name" defaultValue={label} autoComplete="off" required />
      {configFields(type).map((field) => (
        <ConfigField key={field.name} field={field} value={values[field.name] ?? ""} stored={hidden.name === "id"} />
      ))}
      <div className="flex gap-2">
        <SubmitButton>{submit}</SubmitButton>
        <ButtonLink href="/alerts/channels">Cancel</ButtonLink>
      </div>
    </ActionForm>
  );
}
