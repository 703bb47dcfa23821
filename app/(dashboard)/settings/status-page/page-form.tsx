import { updateStatusPageAction } from "@/app/_actions/status-page";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckboxField, TextareaField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { StatusSettings } from "@/lib/status-page/settings";

/** How the public page presents itself. */
export function PageForm({ settings }: { settings: StatusSettings }) {
  const { title, description, logoUrl, accent, contactUrl, enabled } = settings;
  return (
    <ActionForm action={updateStatusPageAction} label="Status page" className="max-w-2xl">
      <TextField name="title" label="Title" defaultValue={title} autoComplete="off" required />
      <TextareaField
        name="description"
        label="Description"
        help="A sentence or two below the title."
        defaultValue={description}
        rows={2}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="logoUrl"
          label="Logo"
          help="A path like /logo.svg or an https address."
          defaultValue={logoUrl ?? ""}
          inputMode="url"
          autoComplete="off"
        />
        <TextField
          name="accent"
          label="Accent colour"
          help="Like #0f766e. It is made darker or lighter where it could not be read."
          defaultValue={accent}
          autoComplete="off"
          required
        />
      </div>
      <TextField
        name="contactUrl"
        label="Contact"
        help="Where “Contact us” leads: a web address, or mailto:help@example.com."
        defaultValue={contactUrl ?? ""}
        inputMode="url"
        autoComplete="off"
      />
      <CheckboxField
        name="enabled"
        label="The page is there"
        help="Else /status and its feeds answer “not found”."
        defaultChecked={enabled}
      />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
