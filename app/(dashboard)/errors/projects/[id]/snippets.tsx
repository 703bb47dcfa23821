"use client";

import { useId, useState } from "react";
import { CopyButton } from "@/app/_components/copy-button";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/inputs";
import { numbered } from "@/app/_components/numbered";
import { PLATFORMS, stepText } from "../platforms";

/** The lines of one platform, with the DSN in them. */
export function Snippets({ dsn, platform }: { dsn: string; platform: string }) {
  const [chosen, setChosen] = useState(PLATFORMS.find(({ id }) => id === platform)?.id ?? PLATFORMS[0]?.id ?? "");
  const found = PLATFORMS.find(({ id }) => id === chosen);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <CopyBlock label="DSN" text={dsn} />
      <div className="max-w-xs">
        <Field label="Platform" required>
          {(control) => (
            <Select value={chosen} onChange={(event) => setChosen(event.target.value)} {...control}>
              {PLATFORMS.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {numbered(found?.steps ?? []).map(({ item: { label, text }, key }) => (
        <CopyBlock key={`${chosen} ${key}`} label={label} text={stepText(text, dsn)} />
      ))}
    </div>
  );
}

function CopyBlock({ label, text }: { label: string; text: string }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex items-end justify-between gap-3">
        <p className="min-w-0 text-xs font-medium wrap-anywhere text-muted">{label}</p>
        <CopyButton of={id} label={label} />
      </div>
      <pre
        id={id}
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 text-ink"
      >
        {text}
      </pre>
    </div>
  );
}
