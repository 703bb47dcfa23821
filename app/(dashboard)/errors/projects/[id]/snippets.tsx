"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/inputs";
import { PLATFORMS } from "../platforms";

/** The lines of one platform, with the DSN in them. */
export function Snippets({ dsn, platform }: { dsn: string; platform: string }) {
  const [chosen, setChosen] = useState(PLATFORMS.find(({ id }) => id === platform)?.id ?? PLATFORMS[0]?.id ?? "");
  const found = PLATFORMS.find(({ id }) => id === chosen);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <CopyBlock label="DSN" text={dsn} />
      <div className="max-w-xs">
        <Field label="Platform">
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
      {found ? (
        <>
          <CopyBlock label="Install" text={found.install} />
          <CopyBlock label="Set up" text={found.code.replace("{dsn}", dsn)} />
        </>
      ) : null}
    </div>
  );
}

function CopyBlock({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied("yes"),
      () => setCopied("refused"),
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="text-xs font-medium text-muted">{label}</p>
      <div className="flex items-start gap-2">
        <pre
          tabIndex={0}
          aria-label={label}
          className="min-w-0 flex-1 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs text-ink select-all"
        >
          {text}
        </pre>
        <Button small onClick={copy} aria-label={`Copy ${label}`}>
          {copied === "yes" ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />}
          {copied === "yes" ? "Copied" : "Copy"}
        </Button>
      </div>
      <p aria-live="polite" className="text-xs text-muted empty:hidden">
        {copied === "refused" ? "The browser did not allow copying: select the text and copy it by hand." : ""}
      </p>
    </div>
  );
}
