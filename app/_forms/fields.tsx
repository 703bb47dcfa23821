"use client";

import type { ReactNode } from "react";
import { classNames } from "@/app/_components/class-names";
import { Field } from "@/app/_components/field";
import { Checkbox, Input, Select, Textarea } from "@/app/_components/inputs";
import { useField } from "./form-context";

interface CommonProps {
  /** The input's name; errors and drafts come back by it. */
  name: string;
  label: string;
  help?: ReactNode;
  required?: boolean;
  defaultValue?: string;
}

interface TextFieldProps extends CommonProps {
  type?: "text" | "email" | "password" | "number" | "search" | "date" | "datetime-local" | "time";
  autoComplete?: string;
  placeholder?: string;
  inputMode?: "numeric" | "decimal" | "url";
  min?: number;
  max?: number;
  step?: "any" | number;
  autoFocus?: boolean;
}

/** One line of text or a number. */
export function TextField({ name, label, help, required, defaultValue, ...rest }: TextFieldProps) {
  const { error, value } = useField(name, defaultValue);
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(control) => <Input name={name} defaultValue={value} {...rest} {...control} />}
    </Field>
  );
}

/** Several lines; also a list, one entry a line. */
export function TextareaField({
  name,
  label,
  help,
  required,
  defaultValue,
  placeholder,
  rows,
}: CommonProps & { placeholder?: string; rows?: number }) {
  const { error, value } = useField(name, defaultValue);
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(control) => (
        <Textarea
          name={name}
          defaultValue={value}
          placeholder={placeholder}
          rows={rows}
          spellCheck={false}
          className="font-mono"
          {...control}
        />
      )}
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

/** One of a few. Made anew after each answer: React does not set a select back to its new default. */
export function SelectField({
  name,
  label,
  help,
  required,
  defaultValue,
  options,
}: CommonProps & { options: readonly Option[] }) {
  const { error, value, attempt } = useField(name, defaultValue);
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(control) => (
        <Select key={attempt} name={name} defaultValue={value} {...control}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface CheckboxFieldProps {
  name: string;
  label: string;
  help?: string;
  defaultChecked?: boolean;
}

/** Yes or no; sends "on" when it is checked. */
export function CheckboxField({ name, label, help, defaultChecked = false }: CheckboxFieldProps) {
  const { value, attempt } = useField(name, defaultChecked ? "on" : "");
  return <Checkbox key={attempt} name={name} label={label} help={help} defaultChecked={value === "on"} />;
}

interface CheckboxGroupProps {
  name: string;
  label: string;
  help?: string;
  options: readonly (Option & { help?: string })[];
  /** The stored ones, one a line. */
  defaultValue?: string;
  /** Short ones stand beside each other. */
  beside?: boolean;
}

/** Any of a few: each checked one is sent under the same name. */
export function CheckboxGroup({ name, label, help, options, defaultValue = "", beside = false }: CheckboxGroupProps) {
  const { error, value, attempt } = useField(name, defaultValue);
  const chosen = new Set((value ?? "").split("\n"));
  const described = error ? `${name}-error` : undefined;
  return (
    <fieldset className="grid gap-3" data-invalid={error ? "" : undefined} aria-describedby={described}>
      <legend className="mb-1 text-sm font-medium text-ink">{label}</legend>
      {help ? <p className="text-xs text-muted">{help}</p> : null}
      <div className={classNames("grid gap-3", beside && "grid-cols-2 sm:grid-cols-4")}>
        {options.map((option) => (
          <Checkbox
            key={`${option.value} ${attempt}`}
            name={name}
            value={option.value}
            label={option.label}
            help={option.help}
            defaultChecked={chosen.has(option.value)}
            aria-describedby={described}
          />
        ))}
      </div>
      {/* Sent though nothing is ticked, so that the error finds its group. */}
      <input type="hidden" name={name} value="" />
      {error ? (
        <p id={described} className="text-xs text-negative">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
