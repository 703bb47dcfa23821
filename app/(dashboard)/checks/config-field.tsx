import type { ReactNode } from "react";
import { CheckboxField, SelectField, TextareaField, TextField } from "@/app/_forms/fields";
import { MASK } from "@/lib/checks/mask-config";
import type { Field } from "@/lib/checks/config-fields";

interface ConfigFieldProps {
  field: Field;
  value: string;
  stored: boolean;
}

type Control = (
  props: ConfigFieldProps & {
    common: { name: string; label: string; help: string | undefined; required: boolean; defaultValue: string };
  },
) => ReactNode;

const CONTROLS: Record<Field["kind"], Control> = {
  text: ({ common }) => <TextField {...common} autoComplete="off" />,
  number: ({ common, field: { min, max } }) => (
    <TextField {...common} type="number" inputMode="decimal" min={min} max={max} step="any" />
  ),
  boolean: ({ common: { name, label, help }, value }) => (
    <CheckboxField name={name} label={label} help={help} defaultChecked={value === "true"} />
  ),
  select: ({ common, field }) => <SelectField {...common} options={choicesOf(field)} />,
  list: ({ common }) => <TextareaField {...common} rows={3} />,
  pairs: ({ common }) => <TextareaField {...common} rows={3} placeholder="name: value" />,
  textarea: ({ common }) => <TextareaField {...common} />,
};

/** One field of a type's config, by what its schema says of it. */
export function ConfigField({ field, value, stored }: ConfigFieldProps) {
  const common = {
    name: `config.${field.name}`,
    label: field.title,
    help: helpOf(field, stored && value.includes(MASK)),
    required: field.required,
    defaultValue: value,
  };
  return CONTROLS[field.kind]({ field, value, stored, common });
}

function helpOf({ description, kind, secret, default: standard }: Field, stored: boolean): string | undefined {
  const sentences = [
    description,
    kind === "number" && standard !== undefined && `Empty: ${String(standard)}.`,
    kind === "list" && "One a line.",
    kind === "pairs" && "One a line, as name: value.",
    secret && stored && "The dots stand for what is stored and not shown; they keep it.",
  ];
  return sentences.filter(Boolean).join(" ") || undefined;
}

function choicesOf({ options = [], required, default: standard }: Field) {
  const choices = options.map((option) => ({ value: String(option), label: String(option) }));
  return required || standard !== undefined ? choices : [{ value: "", label: "not set" }, ...choices];
}
