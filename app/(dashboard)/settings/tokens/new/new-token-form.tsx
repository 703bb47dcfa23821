"use client";

import { createTokenAction } from "@/app/_actions/tokens";
import { ButtonLink } from "@/app/_components/button";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckboxGroup, TextField } from "@/app/_forms/fields";
import { Secret } from "@/app/_forms/secret";
import { SubmitButton } from "@/app/_forms/submit-button";
import { SCOPES, type Scope } from "@/lib/core/actor";

const MAY: Record<Scope, string> = {
  read: "See checks, results, metrics and incidents.",
  "checks:write": "Create, change, pause, run and delete checks.",
  "metrics:write": "Push metrics.",
  "incidents:write": "Open and update incidents.",
  "alerts:write": "Acknowledge alerts, make silences, rules and maintenance windows",
  "errors:write": "Resolve, ignore, assign and comment errors.",
  "logs:write": "Push logs, and the errors that they tell of.",
  admin: "Everything, users and tokens too.",
};

export function NewTokenForm() {
  return (
    <ActionForm action={createTokenAction} label="New API token" className="max-w-sm" done={shown}>
      <TextField
        name="name"
        label="Name"
        help="Which program uses it, so that it can be told apart later."
        autoComplete="off"
        required
      />
      <CheckboxGroup
        name="scopes"
        label="Scopes"
        options={SCOPES.map((scope) => ({ value: scope, label: scope, help: MAY[scope] }))}
      />
      <TextField
        name="expiresInDays"
        label="Ends after days"
        help="Never where left empty."
        type="number"
        inputMode="numeric"
        min={1}
        max={3650}
      />
      <div className="flex gap-2">
        <SubmitButton pending="Creating…">Create token</SubmitButton>
        <ButtonLink href="/settings/tokens">Cancel</ButtonLink>
      </div>
    </ActionForm>
  );
}

function shown(secret: string | undefined) {
  return (
    <div className="grid gap-4">
      <Secret value={secret ?? ""} label="API token" message="The token is made. It is shown this once: copy it now." />
      <div>
        <ButtonLink href="/settings/tokens">Back to the tokens</ButtonLink>
      </div>
    </div>
  );
}
