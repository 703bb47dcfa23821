"use client";

import Link from "next/link";
import { useField } from "@/app/_forms/form-context";

/** The alert that the incident is declared from, and what is wrong with that. */
export function AlertNote({ id }: { id: string }) {
  const { error } = useField("alertId", id);
  return (
    <p className="text-sm text-muted" data-invalid={error ? "" : undefined}>
      <input type="hidden" name="alertId" value={id} />
      It begins with{" "}
      <Link href={`/alerts/${id}`} className="font-medium text-accent underline underline-offset-2">
        this alert
      </Link>
      , which will belong to it.
      {error ? <span className="mt-1 block text-negative">Not possible: {error}.</span> : null}
    </p>
  );
}
