"use client";

import { useId, useState } from "react";
import { Combobox, type ComboboxOption } from "@/app/_components/combobox";
import { findAlerts } from "@/app/_components/found-alerts";
import { useField } from "@/app/_forms/form-context";

const OFFERED = 20;

/** One of the open alerts, found by the server as one types. @param taken ids of those that belong to it already */
export function AlertPicker({ taken }: { taken: readonly string[] }) {
  const { error, attempt } = useField("alertId", "");
  const described = useId();
  return (
    <div className="grid gap-1.5" data-invalid={error ? "" : undefined}>
      <Choice key={attempt} taken={taken} describedBy={described} invalid={error !== undefined} />
      <div id={described} className="grid gap-1 text-xs text-muted">
        {error ? <p className="text-negative">{error}</p> : null}
        <p>Open alerts by subject or cause.</p>
      </div>
    </div>
  );
}

interface ChoiceProps {
  taken: readonly string[];
  describedBy: string;
  invalid: boolean;
}

function Choice({ taken, describedBy, invalid }: ChoiceProps) {
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);
  const load = async (text: string) =>
    (await findAlerts(text, OFFERED))
      .filter(({ id }) => !taken.includes(id))
      .map(({ id, subject, severity }) => ({ value: id, label: subject, hint: severity }));
  return (
    <>
      <Combobox
        label="Alert"
        placeholder="Choose an alert"
        value={chosen?.label ?? ""}
        load={load}
        onChoose={(_, option) => setChosen(option)}
        describedBy={describedBy}
        invalid={invalid}
        large
      />
      <input type="hidden" name="alertId" value={chosen?.value ?? ""} />
    </>
  );
}
