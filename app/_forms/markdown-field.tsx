"use client";

import { startTransition, useActionState, useState, type ReactNode } from "react";
import { type MarkdownState, previewMarkdownAction } from "@/app/_actions/markdown";
import { IDLE } from "@/app/_actions/form-state";
import { classNames } from "@/app/_components/class-names";
import { Field } from "@/app/_components/field";
import { Textarea } from "@/app/_components/inputs";
import { MarkdownHtml } from "@/app/_components/markdown-html";
import { useField } from "./form-context";

interface MarkdownFieldProps {
  name: string;
  label: string;
  help?: ReactNode;
  required?: boolean;
  defaultValue?: string;
  placeholder?: string;
  rows?: number;
}

const NOTHING: MarkdownState = IDLE;

/** Text in Markdown, and how it will look: the server renders it, by the same function as the page. */
export function MarkdownField(props: MarkdownFieldProps) {
  const { name, label, help, required, defaultValue, placeholder, rows = 5 } = props;
  const { error, value, attempt } = useField(name, defaultValue);
  // Of this attempt: an answer leads back to the text, with its error or empty.
  const [previewedAt, setPreviewedAt] = useState<number | null>(null);
  const previewed = previewedAt === attempt;
  const [{ html, status, fieldErrors, message }, render, pending] = useActionState(previewMarkdownAction, NOTHING);
  const preview = (text: string) => {
    const form = new FormData();
    form.set("text", text);
    setPreviewedAt(attempt);
    startTransition(() => render(form));
  };
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(control) => (
        <div className="grid gap-1.5">
          <div role="group" aria-label="Write or preview" className="flex gap-1">
            <Choice active={!previewed} onClick={() => setPreviewedAt(null)}>
              Write
            </Choice>
            <Choice active={previewed} onClick={() => preview(textOf(control.id))}>
              Preview
            </Choice>
          </div>
          <Textarea
            name={name}
            defaultValue={value}
            placeholder={placeholder}
            rows={rows}
            hidden={previewed}
            {...control}
          />
          {previewed ? (
            <div
              aria-live="polite"
              aria-busy={pending}
              className="min-h-24 min-w-0 rounded-md border border-line bg-sunken px-3 py-2"
            >
              {pending ? (
                <span className="text-xs text-muted">Rendering…</span>
              ) : status === "done" ? (
                html ? (
                  <MarkdownHtml html={html} />
                ) : (
                  <span className="text-xs text-muted">Nothing to show yet.</span>
                )
              ) : (
                <span className="text-sm text-negative">{fieldErrors["text"] ?? message}</span>
              )}
            </div>
          ) : null}
        </div>
      )}
    </Field>
  );
}

/** Read from the page when it is asked for: the text is the browser's. */
function textOf(id: string): string {
  const element = document.getElementById(id);
  return element instanceof HTMLTextAreaElement ? element.value : "";
}

function Choice({ active, onClick, children }: { active: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={onClick}
      className={classNames(
        "h-7 cursor-pointer rounded-md px-2 text-xs font-medium",
        active ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      {children}
    </button>
  );
}
