"use client";

import { findErrors } from "@/app/_components/found-errors";
import { FoundPicker } from "@/app/_forms/found-picker";

const OFFERED = 20;

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
