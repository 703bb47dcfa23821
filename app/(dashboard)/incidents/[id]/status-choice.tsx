"use client";

import { useState } from "react";
import { Field } from "@/app/_components/field";
import { INCIDENT_STATUS_LOOKS, type IncidentStatus } from "@/app/_components/incident-looks";
import { Select } from "@/app/_components/inputs";
import { useField } from "@/app/_forms/form-context";

interface StatusChoiceProps {
  status: IncidentStatus;
  /** What can follow it. */
  next: readonly IncidentStatus[];
}

/** Where the incident is from now on. What was chosen stays chosen when somebody else moves the incident meanwhile. */
export function StatusChoice(props: StatusChoiceProps) {
  const { error, value = "", attempt } = useField("status", "");
  return (
    <Field label="Status" error={error} required>
      {(control) => <Choice key={attempt} {...props} chosen={value} control={control} />}
    </Field>
  );
}

interface ChoiceProps extends StatusChoiceProps {
  chosen: string;
  control: object;
}

function Choice({ status, next, chosen: initial, control }: ChoiceProps) {
  const [chosen, setChosen] = useState(initial);
  const words: Readonly<Record<string, { word: string }>> = INCIDENT_STATUS_LOOKS;
  const offered: readonly string[] = next;
  const options = chosen === "" || offered.includes(chosen) ? offered : [...offered, chosen];
  return (
    <Select {...control} name="status" value={chosen} onChange={(event) => setChosen(event.target.value)}>
      <option value="">Stays {status}</option>
      {options.map((one) => (
        <option key={one} value={one}>
          {status === "resolved" && one === "investigating" ? "Reopen: investigating" : (words[one]?.word ?? one)}
        </option>
      ))}
    </Select>
  );
}
