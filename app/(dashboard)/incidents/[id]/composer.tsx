import { postUpdateAction } from "@/app/_actions/incidents";
import { Card } from "@/app/_components/card";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckboxField } from "@/app/_forms/fields";
import { MarkdownField } from "@/app/_forms/markdown-field";
import { SubmitButton } from "@/app/_forms/submit-button";
import { SubmitByKeys } from "@/app/_forms/submit-by-keys";
import { VersionInput } from "@/app/_forms/version-input";
import { nextStatuses } from "@/lib/incidents/decide-transition";
import type { Incident } from "@/lib/incidents/incident";
import { StatusChoice } from "./status-choice";

/** What to say next: a message, where the incident is from now on, and who reads it. */
export function Composer({ incident }: { incident: Incident }) {
  const { id, status, version, visibility } = incident;
  return (
    <Card title="Post an update">
      <ActionForm action={postUpdateAction} label="Post an update" className="gap-4">
        <input type="hidden" name="id" value={id} />
        <VersionInput version={version} />
        <MarkdownField
          name="message"
          label="Message"
          placeholder="What is known, what is being done, when you say more."
          rows={3}
          required
        />
        <div className="grid items-start gap-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <StatusChoice status={status} next={nextStatuses(status)} />
          <div className="sm:pt-7">
            <CheckboxField
              name="isPublic"
              label="Public"
              help={
                visibility === "public"
                  ? "The status page shows this update."
                  : "The status page shows this update once the incident is made public."
              }
              defaultChecked
            />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton pending="Posting…">Post update</SubmitButton>
          <span className="hidden text-xs text-muted sm:inline">Ctrl Enter posts it</span>
        </div>
        <SubmitByKeys />
      </ActionForm>
    </Card>
  );
}
