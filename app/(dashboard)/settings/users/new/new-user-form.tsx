"use client";

import { createUserAction } from "@/app/_actions/users";
import { ButtonLink } from "@/app/_components/button";
import { ActionForm } from "@/app/_forms/action-form";
import { type Option, SelectField, TextField } from "@/app/_forms/fields";
import { Secret } from "@/app/_forms/secret";
import { SubmitButton } from "@/app/_forms/submit-button";

export function NewUserForm({ roles }: { roles: readonly Option[] }) {
  return (
    <ActionForm action={createUserAction} label="New user" className="max-w-sm" done={shown}>
      <TextField name="email" label="Email" type="email" autoComplete="off" required />
      <TextField
        name="name"
        label="Name"
        help="The part of the email before the @ where left empty."
        autoComplete="off"
      />
      <SelectField name="role" label="Role" required defaultValue="viewer" options={roles} />
      <TextField
        name="password"
        label="Password"
        help="At least 12 characters. One is made and shown once where left empty."
        type="password"
        autoComplete="new-password"
      />
      <div className="flex gap-2">
        <SubmitButton pending="Creating…">Create user</SubmitButton>
        <ButtonLink href="/settings/users">Cancel</ButtonLink>
      </div>
    </ActionForm>
  );
}

function shown(secret: string | undefined) {
  return (
    <div className="grid gap-4">
      <Secret
        value={secret ?? ""}
        label="Password"
        message="The user can sign in with this password. It is shown this once: hand it over safely."
      />
      <div>
        <ButtonLink href="/settings/users">Back to the users</ButtonLink>
      </div>
    </div>
  );
}
