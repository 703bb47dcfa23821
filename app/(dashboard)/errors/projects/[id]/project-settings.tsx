import { updateProjectAction } from "@/app/_actions/projects";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckboxField, SelectField, TextareaField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { Project } from "@/lib/errors/projects/project";
import { PLATFORMS } from "../platforms";

/** What an admin may change of a project: its name, how much it may send, and what is taken out before anything is stored. */
export function ProjectSettings({ project: { id, name, platform, quota, scrub } }: { project: Project }) {
  const options = PLATFORMS.map((one) => ({ value: one.id, label: one.label }));
  const isKnown = options.some(({ value }) => value === platform);
  return (
    <Card title="Settings" description="They hold for what comes from now on; other processes follow within 10 s.">
      <ActionForm action={updateProjectAction} label="Settings" className="max-w-xl">
        <input type="hidden" name="id" value={id} />
        <TextField name="name" label="Name" defaultValue={name} autoComplete="off" required />
        <SelectField
          name="platform"
          label="Platform"
          defaultValue={platform}
          required
          options={isKnown ? options : [{ value: platform, label: platform || "None of these" }, ...options]}
        />
        <TextField
          name="quota"
          label="Events a minute"
          help="More than so many are refused (429), and the SDKs drop errors for a while. Empty: 30,000."
          type="number"
          inputMode="numeric"
          min={1}
          defaultValue={quota === null ? "" : String(quota)}
        />
        <fieldset className="grid gap-4">
          <legend className="mb-2 text-sm font-medium text-ink">Taken out before anything is stored</legend>
          <CheckboxField
            name="scrub.enabled"
            label="Secrets"
            help="Passwords, tokens, cookies, keys and card numbers, by names and by what they look like. Off: everything is stored as it comes."
            defaultChecked={scrub.enabled}
          />
          <CheckboxField name="scrub.emails" label="E-mail addresses" defaultChecked={scrub.emails} />
          <CheckboxField name="scrub.ipAddresses" label="IP addresses" defaultChecked={scrub.ipAddresses} />
        </fieldset>
        <TextareaField
          name="scrub.keys"
          label="More fields that are secret"
          help="By their names, one a line: customer_note."
          rows={2}
          defaultValue={scrub.keys.join("\n")}
        />
        <TextareaField
          name="scrub.safeKeys"
          label="Fields that are no secret"
          help="Though their names look like one, one a line: token_count."
          rows={2}
          defaultValue={scrub.safeKeys.join("\n")}
        />
        <div>
          <SubmitButton>Save settings</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}
