"use client";

import { findAlerts } from "@/app/_components/found-alerts";
import { FoundPicker } from "@/app/_forms/found-picker";

const OFFERED = 20;

/** One of the open alerts. @param taken ids of those that belong to it already */
export function AlertPicker({ taken }: { taken: readonly string[] }) {
  const load = async (text: string) =>
    (await findAlerts(text, OFFERED))
      .filter(({ id }) => !taken.includes(id))
      .map(({ id, subject, severity }) => ({ value: id, label: subject, hint: severity }));
  return (
    <FoundPicker
      name="alertId"
      label="Alert"
      placeholder="Choose an alert"
      help="Open alerts by subject or cause."
      load={load}
    />
  );
}
