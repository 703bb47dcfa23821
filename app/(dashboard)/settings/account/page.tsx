import type { Metadata } from "next";
import { changePasswordAction } from "@/app/_actions/account";
import { signOutAction } from "@/app/_actions/session";
import { Card } from "@/app/_components/card";
import { requireActor } from "@/app/_dal/session";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";

export const metadata: Metadata = { title: "Account" };

const MAY: Record<string, string> = {
  viewer: "You see everything and change nothing.",
  editor: "You may also change checks and incidents.",
  admin: "You may do everything, users and tokens too.",
};

export default async function AccountPage() {
  const actor = await requireActor();
  return (
    <div className="grid max-w-2xl gap-6">
      <Card title={actor.name} description={`Role: ${actor.role}. ${MAY[actor.role]}`}>
        <ActionForm action={signOutAction} label="Sign out">
          <div>
            <SubmitButton look="secondary" pending="Signing out…">
              Sign out
            </SubmitButton>
          </div>
        </ActionForm>
      </Card>
      <Card title="Change password" description="Signs you out in all other browsers.">
        <ActionForm action={changePasswordAction} label="Change password" className="max-w-sm">
          <TextField
            name="currentPassword"
            label="Current password"
            type="password"
            autoComplete="current-password"
            required
          />
          <TextField
            name="newPassword"
            label="New password"
            help="At least 12 characters."
            type="password"
            autoComplete="new-password"
            required
          />
          <div>
            <SubmitButton>Change password</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </div>
  );
}
