"use client";

import { useId } from "react";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/inputs";
import { useField } from "@/app/_forms/form-context";

/** The kind of cause in a word, with those that were named before to choose from. */
export function CategoryField({ value: stored, known }: { value: string; known: readonly string[] }) {
  const id = useId();
  const { error, value } = useField("causeCategory", stored);
  return (
    <Field
      label="Kind of cause"
      help="A word or two, the same for the same kind: deploy, capacity, expired certificate. The figures count what recurs."
      error={error}
    >
      {(control) => (
        <>
          <Input name="causeCategory" defaultValue={value} list={id} autoComplete="off" {...control} />
          <datalist id={id}>
            {known.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
