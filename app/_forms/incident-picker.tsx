"use client";

import type { ReactNode } from "react";
import { findIncidents } from "@/app/_components/found-incidents";
import { FoundPicker } from "./found-picker";

const OFFERED = 20;

interface IncidentPickerProps {
  /** The input's name. */
  name: string;
  label: string;
  help: ReactNode;
  /** The incident that asks: it is not offered. */
  except?: string;
}

/** An incident by its number or words of its title, the latest first. */
export function IncidentPicker({ except, ...rest }: IncidentPickerProps) {
  const load = async (text: string) =>
    (await findIncidents(text, OFFERED))
      .filter(({ id }) => id !== except)
      .map(({ id, number, title }) => ({ value: id, label: title, hint: `INC-${number}` }));
  return <FoundPicker placeholder="Choose an incident" load={load} {...rest} />;
}
