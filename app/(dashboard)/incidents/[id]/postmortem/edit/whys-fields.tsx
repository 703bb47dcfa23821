"use client";

import { Field } from "@/app/_components/field";
import { Textarea } from "@/app/_components/inputs";
import { useField } from "@/app/_forms/form-context";

const QUESTIONS = ["Why did it happen?", "Why that?", "And why that?", "And that?", "And that, at the root?"];

/** Up to five answers, each to why the one before was so. */
export function WhysFields({ whys }: { whys: readonly string[] }) {
  const { error } = useField("whys", "");
  return (
    <fieldset data-invalid={error ? "" : undefined} className="grid gap-4">
      <legend className="mb-1 text-sm font-medium text-ink">Five whys</legend>
      <p className="text-xs text-muted">Each answers why the one before was so; stop where it can be changed.</p>
      {QUESTIONS.map((question, index) => (
        <Why key={question} name={`whys.${index}`} label={question} value={whys[index] ?? ""} />
      ))}
      {/* The list as a whole: what is wrong with it stands here. */}
      <input type="hidden" name="whys" value="" />
      {error ? <p className="text-xs text-negative">{error}</p> : null}
    </fieldset>
  );
}

function Why({ name, label, value: stored }: { name: string; label: string; value: string }) {
  const { error, value } = useField(name, stored);
  return (
    <Field label={label} error={error}>
      {(control) => <Textarea name={name} defaultValue={value} rows={2} {...control} />}
    </Field>
  );
}
