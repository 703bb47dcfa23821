"use client";

import { Save } from "lucide-react";
import { createViewAction, updateViewAction } from "@/app/_actions/views";
import { Dropdown } from "@/app/_components/dropdown";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckboxField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { View } from "@/lib/metrics/views/view";

interface SaveViewProps {
  /** The address as it is now. */
  query: string;
  /** The view that was opened last and changed since: it can be saved over. */
  changed: View | undefined;
}

/** Saves what the address shows under a name. */
export function SaveView({ query, changed }: SaveViewProps) {
  return (
    <Dropdown
      label="Save as a view"
      align="right"
      className="max-sm:right-auto max-sm:left-0"
      button={
        <>
          <Save aria-hidden size={14} />
          Save
        </>
      }
    >
      {() => (
        <div className="grid w-80 max-w-full gap-4 p-4">
          {changed ? (
            <ActionForm
              action={updateViewAction}
              label={`Save ${changed.name}`}
              className="gap-2 border-b border-line pb-4"
            >
              <input type="hidden" name="id" value={changed.id} />
              <input type="hidden" name="query" value={query} />
              <div>
                <SubmitButton look="secondary" small>
                  Save changes to {changed.name}
                </SubmitButton>
              </div>
            </ActionForm>
          ) : null}
          <ActionForm action={createViewAction} label="Save as a new view" className="gap-3">
            <input type="hidden" name="query" value={query} />
            <TextField name="name" label="Name" required autoFocus autoComplete="off" />
            <CheckboxField name="pinned" label="Show on the overview" />
            <div>
              <SubmitButton small>Save view</SubmitButton>
            </div>
          </ActionForm>
        </div>
      )}
    </Dropdown>
  );
}
