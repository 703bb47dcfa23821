"use client";

import { useZone } from "@/app/_components/zone";
import { TextField } from "./fields";
import { toLocalInput } from "./local-input";

interface MomentFieldProps {
  name: string;
  label: string;
  help?: string;
  required?: boolean;
  /** In milliseconds since 1970. */
  at: number | null;
}

/** A time by the viewer's own clock, to the minute. The exact one goes along, for the case that nobody changes it. */
export function MomentField({ name, label, help, required, at }: MomentFieldProps) {
  const zone = useZone();
  const date = at === null ? null : new Date(at);
  return (
    <div className="min-w-0">
      <TextField
        // The first paint is in UTC, as the server has it.
        key={zone}
        name={name}
        label={label}
        help={help}
        required={required}
        type="datetime-local"
        defaultValue={toLocalInput(date, zone)}
      />
      <input type="hidden" name={`was.${name}`} value={date?.toISOString() ?? ""} />
    </div>
  );
}
