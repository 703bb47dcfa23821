"use client";

import { useState } from "react";
import { ButtonLink } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/inputs";
import { useZone } from "@/app/_components/zone";
import { CheckboxField, CheckboxGroup, TextareaField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import { WEEKDAYS } from "./describe-window";
import { TIME_FIELDS } from "./load-preview";
import { NextTimes } from "./next-times";

const DAYS = WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }));

/** The fields of a window, those of its kind of recurrence only. A new one's clocks are the viewer's own. */
export function WindowFields({ values, submit }: { values: Readonly<Record<string, string>>; submit: string }) {
  const [recurrence, setRecurrence] = useState(values["recurrence"] ?? "once");
  const zone = useZone();
  const text = (name: string) => ({ name, defaultValue: values[name] });
  const timed = (name: keyof typeof TIME_FIELDS) => ({ ...text(name), label: TIME_FIELDS[name] });
  return (
    <>
      <TextField {...text("label")} label="Name" autoComplete="off" required />
      <TextareaField {...text("description")} label="What is done" rows={2} />
      <TextareaField
        {...text("matchers")}
        label="Which alerts"
        help="One a line, like check=payments or host=~web-.*; empty: everything."
        rows={2}
      />
      <Field label={TIME_FIELDS.recurrence} required>
        {(control) => (
          <Select
            {...control}
            name="recurrence"
            value={recurrence}
            onChange={(event) => setRecurrence(event.target.value)}
          >
            <option value="once">Once</option>
            <option value="weekly">Each week</option>
            <option value="cron">By a cron line</option>
          </Select>
        )}
      </Field>
      {recurrence === "once" ? (
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField {...timed("startsAt")} type="datetime-local" required />
          <TextField {...timed("endsAt")} type="datetime-local" required />
        </div>
      ) : null}
      {recurrence === "weekly" ? (
        <>
          <CheckboxGroup {...timed("weekdays")} options={DAYS} beside />
          <TextField {...timed("startTime")} type="time" required />
        </>
      ) : null}
      {recurrence === "cron" ? (
        <TextField {...timed("cron")} help="When it begins, like 0 3 * * 0." autoComplete="off" required />
      ) : null}
      {recurrence === "once" ? null : (
        <TextField {...timed("durationMinutes")} help="How long it lasts." type="number" min={1} required />
      )}
      <TextField
        {...timed("timezone")}
        defaultValue={values["timezone"] ?? zone}
        help="Whose clocks the times are by, like Europe/Berlin."
        autoComplete="off"
        required
      />
      <NextTimes />
      <CheckboxField
        name="isPublic"
        label="Announce on the status page"
        help="By its name and what is done, with its next times."
        defaultChecked={values["isPublic"] === "on"}
      />
      <div className="flex gap-2">
        <SubmitButton>{submit}</SubmitButton>
        <ButtonLink href="/alerts/maintenance">Cancel</ButtonLink>
      </div>
    </>
  );
}
