import type { Metadata } from "next";
import { deleteUserAction, updateUserAction } from "@/app/_actions/users";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { readUser } from "@/app/_dal/users";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckboxField, SelectField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import { AdminOnly } from "../../admin-only";
import { ROLE_OPTIONS } from "../role-options";

export const metadata: Metadata = { title: "User" };

interface PageProps {
  params: Promise<{ id: string }>;
}

export default async function UserPage({ params }: PageProps) {
  const { id } = await params;
  return (
    <AdminOnly>
      <UserForms id={id} />
    </AdminOnly>
  );
}

async function UserForms({ id }: { id: string }) {
  const user = await readUser(id);
  return (
    <div className="grid max-w-2xl gap-6">
      <Card title={user.email}>
        <ActionForm action={updateUserAction} label="User" className="max-w-sm">
          <input type="hidden" name="id" value={user.id} />
          <TextField name="name" label="Name" defaultValue={user.name} autoComplete="off" required />
          <SelectField name="role" label="Role" required defaultValue={user.role} options={ROLE_OPTIONS} />
          <CheckboxField
            name="disabled"
            label="Disabled"
            help="Cannot sign in; all sessions end."
            defaultChecked={user.disabledAt !== null}
          />
          <TextField
            name="password"
            label="New password"
            help="Stays as it is where left empty."
            type="password"
            autoComplete="new-password"
          />
          <div className="flex gap-2">
            <SubmitButton>Save</SubmitButton>
            <ButtonLink href="/settings/users">Back</ButtonLink>
          </div>
        </ActionForm>
      </Card>
      <Card
        title="Delete this user"
        description="Signs the user out everywhere and cannot be undone. Tokens that the user made go on working; revoke them under API tokens."
      >
        <ActionForm action={deleteUserAction} label="Delete user" className="max-w-sm">
          <input type="hidden" name="id" value={user.id} />
          <TextField name="confirm" label={`Type ${user.email} to confirm`} autoComplete="off" required />
          <div>
            <SubmitButton look="danger" pending="Deleting…">
              Delete user
            </SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </div>
  );
}
