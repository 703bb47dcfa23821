"use client";

import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Combobox } from "@/app/_components/combobox";
import { findChecks } from "@/app/_components/found-checks";
import { IMPACT_LOOKS } from "@/app/_components/incident-looks";
import { Select } from "@/app/_components/inputs";
import { useField } from "./form-context";

/** A check that an incident affects, as the form holds it. */
export interface PickedCheck {
  checkId: string;
  label: string;
  impact: string;
}

const OFFERED = 20;

/** Lines of a form's value: `<id> <impact> <label>`. Pure. */
export const toLines = (checks: readonly PickedCheck[]): string =>
  checks.map(({ checkId, impact, label }) => `${checkId} ${impact} ${label.replaceAll(/\s+/g, " ")}`).join("\n");

const fromLines = (text: string): PickedCheck[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [checkId = "", impact = "", ...label] = line.split(" ");
      return { checkId, impact, label: label.join(" ") };
    });

interface CheckPickerProps {
  label: string;
  help: string;
  checks: readonly PickedCheck[];
}

/** Which checks are affected, and how badly each. Found by the server as one types, however many there are. */
export function CheckPicker({ label, help, checks }: CheckPickerProps) {
  const { error, value = "", attempt } = useField("checks", toLines(checks));
  const described = useId();
  return (
    <fieldset className="grid min-w-0 gap-2" aria-describedby={described} data-invalid={error ? "" : undefined}>
      <legend className="mb-1.5 text-sm font-medium text-ink">
        {label} <span className="font-normal text-muted">(optional)</span>
      </legend>
      <Picked key={attempt} stored={value} describedBy={described} invalid={error !== undefined} />
      <div id={described} className="grid gap-1 text-xs text-muted">
        {error ? <p className="text-negative">{error}</p> : null}
        <p>{help}</p>
      </div>
    </fieldset>
  );
}

interface PickedProps {
  stored: string;
  describedBy: string;
  invalid: boolean;
}

function Picked({ stored, describedBy, invalid }: PickedProps) {
  // Until somebody changes it, it follows the page.
  const [changed, setChanged] = useState<readonly PickedCheck[] | null>(null);
  const hidden = useRef<HTMLInputElement>(null);
  const picked = changed ?? fromLines(stored);
  useEffect(() => {
    // As if it had been typed: the form holds the version that it was made on.
    if (changed) hidden.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [changed]);
  const add = (checkId: string, label: string) => {
    if (!picked.some((check) => check.checkId === checkId))
      setChanged([...picked, { checkId, label, impact: "degraded" }]);
  };
  const load = async (text: string) => {
    const found = await findChecks(text, OFFERED);
    const taken = new Set(picked.map(({ checkId }) => checkId));
    return found.filter(({ id }) => !taken.has(id)).map(({ id, label }) => ({ value: id, label }));
  };
  return (
    <>
      {picked.length > 0 ? (
        <ul aria-label="Chosen checks" className="divide-y divide-line rounded-md border border-line">
          {picked.map((check) => (
            <li key={check.checkId} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
              <span className="min-w-40 flex-1 text-sm break-words text-ink">{check.label}</span>
              <Select
                aria-label={`Impact on ${check.label}`}
                value={check.impact}
                onChange={({ target }) =>
                  setChanged(picked.map((one) => (one === check ? { ...one, impact: target.value } : one)))
                }
                className="w-40 flex-none"
              >
                {Object.entries(IMPACT_LOOKS).map(([impact, { word }]) => (
                  <option key={impact} value={impact}>
                    {word}
                  </option>
                ))}
              </Select>
              <button
                type="button"
                aria-label={`Take ${check.label} out`}
                onClick={() => setChanged(picked.filter((one) => one !== check))}
                className="grid size-8 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden size={16} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Combobox
        label="Add a check"
        placeholder="Add a check: type a part of its name"
        load={load}
        onChoose={(id, option) => add(id, option.label ?? id)}
        describedBy={describedBy}
        invalid={invalid}
        large
        className="max-w-sm"
      />
      {/* Sent though nothing is chosen, so that the error finds its field. */}
      <input ref={hidden} type="hidden" name="checks" value={toLines(picked)} />
    </>
  );
}
