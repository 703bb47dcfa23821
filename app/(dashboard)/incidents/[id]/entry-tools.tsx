"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { changeEntryAction } from "@/app/_actions/incidents";
import { Dropdown } from "@/app/_components/dropdown";
import { ActionForm } from "@/app/_forms/action-form";
import { TextareaField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { TimelineEntry } from "@/lib/incidents/get-incident";

type Entry = Pick<TimelineEntry, "id" | "source" | "message" | "annotation" | "isPinned" | "isPublic">;

/** What can be done with a line: pin it, show it to the public or hide it, add a note, mend what a person wrote. */
export function EntryTools({ entry }: { entry: Entry }) {
  const { message, source, annotation, isPinned, isPublic } = entry;
  const [form, setForm] = useState<"none" | "note" | "message">("none");
  const name = message.length > 40 ? `${message.slice(0, 40)}…` : message;
  return (
    <Dropdown
      label={`Change “${name}”`}
      look="ghost"
      align="right"
      className="w-80 p-3 whitespace-normal"
      button={
        <>
          <Ellipsis aria-hidden size={14} />
          <span className="sr-only">Change “{name}”</span>
        </>
      }
    >
      {() => (
        <div className="grid gap-3">
          <div className="flex flex-wrap gap-2">
            <Turn entry={entry} field="isPinned" to={!isPinned}>
              {isPinned ? "Unpin" : "Pin"}
            </Turn>
            <Turn entry={entry} field="isPublic" to={!isPublic}>
              {isPublic ? "Hide from the public" : "Show to the public"}
            </Turn>
          </div>
          <div className="flex flex-wrap gap-4">
            <Opener open={form === "note"} onClick={() => setForm(form === "note" ? "none" : "note")}>
              {annotation ? "Change the note" : "Add a note"}
            </Opener>
            {source === "update" ? (
              <Opener open={form === "message"} onClick={() => setForm(form === "message" ? "none" : "message")}>
                Mend the message
              </Opener>
            ) : null}
          </div>
          {form === "none" ? null : (
            <ActionForm
              key={form}
              action={changeEntryAction}
              label={form === "note" ? "Note" : "Message"}
              className="gap-3"
            >
              <input type="hidden" name="id" value={entry.id} />
              {form === "note" ? (
                <TextareaField name="annotation" label="Note" defaultValue={annotation ?? ""} rows={3} />
              ) : (
                <TextareaField name="message" label="Message" defaultValue={message} rows={5} required />
              )}
              <div>
                <SubmitButton small>Save</SubmitButton>
              </div>
            </ActionForm>
          )}
        </div>
      )}
    </Dropdown>
  );
}

interface TurnProps {
  entry: Entry;
  field: "isPinned" | "isPublic";
  to: boolean;
  children: string;
}

function Turn({ entry, field, to, children }: TurnProps) {
  return (
    <ActionForm action={changeEntryAction} label={children} className="justify-items-start gap-2">
      <input type="hidden" name="id" value={entry.id} />
      <input type="hidden" name={field} value={to ? "yes" : "no"} />
      <SubmitButton look="secondary" small pending="One moment…">
        {children}
      </SubmitButton>
    </ActionForm>
  );
}

function Opener({ open, onClick, children }: { open: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onClick}
      className="cursor-pointer text-xs font-medium text-accent underline underline-offset-2"
    >
      {children}
    </button>
  );
}
