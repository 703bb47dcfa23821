"use client";

import { useState } from "react";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/inputs";
import { useZone } from "@/app/_components/zone";
import { TextField } from "@/app/_forms/fields";

/** When a silence ends; a time of one's own by the viewer's clock, which the server is told. */
export function SilenceEnd() {
  const [end, setEnd] = useState("1h");
  const zone = useZone();
  return (
    <>
      <Field label="Ends" required>
        {(control) => (
          <Select {...control} name="end" value={end} onChange={(event) => setEnd(event.target.value)}>
            <option value="1h">In 1 hour</option>
            <option value="4h">In 4 hours</option>
            <option value="tomorrow">Tomorrow, 9:00</option>
            <option value="date">At another time</option>
          </Select>
        )}
      </Field>
      {end === "date" ? (
        <TextField name="endsAt" label="At" type="datetime-local" help={`By your own clock (${zone}).`} required />
      ) : null}
      <input type="hidden" name="timezone" value={zone} />
    </>
  );
}
