"use client";

import { findErrors } from "@/app/_components/found-errors";
import { findIncidents } from "@/app/_components/found-incidents";
import { FoundPicker } from "@/app/_forms/found-picker";

const OFFERED = 20;

/** An incident, the latest first. */
export function IncidentPicker() {
  const load = async (text: string) =>
    (await findIncidents(text, OFFERED)).map(({ id, number, title }) => ({
      value: id,
      label: title,
      hint: `INC-${number}`,
    }));
  return (
    <FoundPicker
      name="incidentId"
      label="Incident"
      placeholder="Choose an incident"
      help="By its number or words of its title."
      load={load}
    />
  );
}

/** Another error of the same project. */
export function ErrorPicker({ id, projectId }: { id: string; projectId: number }) {
  const load = async (text: string) =>
    (await findErrors(text, projectId, OFFERED))
      .filter((found) => found.id !== id)
      .map((found) => ({ value: found.id, label: found.name, hint: found.culprit.split("/").at(-1) }));
  return (
    <FoundPicker
      name="ids"
      label="Another that is the same"
      placeholder="Choose an error"
      help="It becomes part of this one: its events come here, now and later. That can't be undone."
      load={load}
    />
  );
}
