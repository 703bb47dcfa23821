"use client";

import { useId } from "react";
import { useField } from "./form-context";

interface RadioGroupProps {
  name: string;
  label: string;
  options: readonly { value: string; label: string; help: string }[];
  defaultValue: string;
}

/** One of a few that need a word of explanation each. */
export function RadioGroup({ name, label, options, defaultValue }: RadioGroupProps) {
  const id = useId();
  const { error, value, attempt } = useField(name, defaultValue);
  const described = error ? `${id}-error` : "";
  return (
    <fieldset className="min-w-0" data-invalid={error ? "" : undefined} aria-describedby={described || undefined}>
      <legend className="mb-1.5 text-sm font-medium text-ink">{label}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => {
          const own = `${id}-${option.value}`;
          return (
            <label
              key={`${option.value} ${attempt}`}
              className="relative grid cursor-pointer content-start gap-0.5 rounded-md border border-line bg-surface py-2.5 pr-3 pl-9 text-sm text-ink transition-colors hover:border-line-strong has-checked:border-ink has-checked:bg-sunken"
            >
              <input
                type="radio"
                name={name}
                value={option.value}
                defaultChecked={value === option.value}
                // Its name is the word alone.
                aria-labelledby={own}
                aria-describedby={`${own}-help ${described}`}
                className="absolute top-3 left-3 size-4 accent-accent"
              />
              <span id={own} className="font-medium">
                {option.label}
              </span>
              <span id={`${own}-help`} className="text-xs text-pretty text-muted">
                {option.help}
              </span>
            </label>
          );
        })}
      </div>
      {error ? (
        <p id={described} className="mt-1.5 text-xs text-negative">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
