"use client";

import { type ReactNode, useId, useState } from "react";
import { Combobox, type ComboboxOption } from "@/app/_components/combobox";
import { useField } from "./form-context";

interface FoundPickerProps {
  /** The input's name: an id is sent by it. */
  name: string;
  label: string;
  placeholder: string;
  help: ReactNode;
  /** What is offered for a text: ids, each with its label. */
  load: (text: string) => Promise<readonly ComboboxOption[]>;
}

/** One thing of many, found by the server as one types. Empty again after each answer. */
export function FoundPicker({ name, help, ...rest }: FoundPickerProps) {
  const { error, attempt } = useField(name, "");
  const described = useId();
  return (
    <div className="grid gap-1.5" data-invalid={error ? "" : undefined}>
      {/* The input has it as its name. */}
      <span aria-hidden className="text-sm font-medium text-ink">
        {rest.label}
      </span>
      <Choice key={attempt} name={name} describedBy={described} invalid={error !== undefined} {...rest} />
      <div id={described} className="grid gap-1 text-xs text-muted">
        {error ? <p className="text-negative">{error}</p> : null}
        <p>{help}</p>
      </div>
    </div>
  );
}

interface ChoiceProps extends Omit<FoundPickerProps, "help"> {
  describedBy: string;
  invalid: boolean;
}

function Choice({ name, ...rest }: ChoiceProps) {
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);
  return (
    <>
      <Combobox value={chosen?.label ?? ""} onChoose={(_, option) => setChosen(option)} large {...rest} />
      <input type="hidden" name={name} value={chosen?.value ?? ""} />
    </>
  );
}
