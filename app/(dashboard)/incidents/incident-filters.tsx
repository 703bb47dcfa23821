"use client";

import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, type FormEvent } from "react";
import { Button } from "@/app/_components/button";
import { Combobox } from "@/app/_components/combobox";
import { findChecks } from "@/app/_components/found-checks";
import { INCIDENT_SEVERITY_LOOKS } from "@/app/_components/incident-looks";
import { Input, Select } from "@/app/_components/inputs";
import type { IncidentListFilter } from "@/app/_dal/incidents";
import { incidentsPath } from "./address";

type Filter = Omit<IncidentListFilter, "cursor">;

interface IncidentFiltersProps {
  filter: Filter;
  leads: readonly { id: string; name: string }[];
  checkLabel: string | null;
}

/** Between two questions while letters follow quickly. */
const PAUSE_MS = 150;
const OFFERED = 20;

const loadChecks = async (text: string) =>
  (await findChecks(text, OFFERED)).map(({ id, label }) => ({ value: id, label }));

/** What narrows the list: a plain form that writes the address, by itself where there is JavaScript. */
export function IncidentFilters({ filter, leads, checkLabel }: IncidentFiltersProps) {
  const { query, severity = "", visibility = "", lead = "", check = "" } = filter;
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by a link or by going back: the controls follow, but never under the caret.
  useEffect(() => {
    const shown: Readonly<Record<string, string>> = { query, severity, visibility, lead };
    for (const control of form.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-follows]") ?? [])
      if (control !== document.activeElement) control.value = shown[control.name] ?? "";
  }, [query, severity, visibility, lead]);

  const go = (address: string) => router.replace(address, { scroll: false });
  const send = () => form.current?.requestSubmit();
  const sendSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(send, PAUSE_MS);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    clearTimeout(timer.current);
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim()) words.set(name, value);
    go(words.size > 0 ? `/incidents?${words}` : "/incidents");
  };
  const choose = (name: string, label: string, value: string, all: string, options: readonly [string, string][]) => (
    <Select
      name={name}
      aria-label={label}
      defaultValue={value}
      onChange={send}
      data-follows
      className="min-w-32 flex-1 sm:w-40 sm:flex-none"
    >
      <option value="">{all}</option>
      {options.map(([one, word]) => (
        <option key={one} value={one}>
          {word}
        </option>
      ))}
    </Select>
  );
  const severities = Object.entries(INCIDENT_SEVERITY_LOOKS).map(([one, { word }]): [string, string] => [one, word]);
  return (
    <form
      ref={form}
      action="/incidents"
      onSubmit={submit}
      role="search"
      aria-label="Incidents"
      className="flex flex-wrap items-center gap-2"
    >
      {filter.status === "open" ? null : <input type="hidden" name="status" value={filter.status} />}
      {check ? <input type="hidden" name="check" value={check} /> : null}
      <span className="relative min-w-full flex-1 sm:max-w-xs sm:min-w-48">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2.5 left-3 text-muted" />
        <Input
          type="search"
          name="query"
          aria-label="Search by words or number"
          placeholder="Search, or INC-12"
          defaultValue={query}
          onInput={sendSoon}
          className="pl-9"
          data-follows
          data-list-search
        />
      </span>
      {choose("severity", "Severity", severity, "All severities", severities)}
      {choose("visibility", "Visibility", visibility, "Public or not", [
        ["public", "Public"],
        ["internal", "Internal"],
      ])}
      {choose(
        "lead",
        "Lead",
        lead,
        "Any lead",
        leads.map(({ id, name }) => [id, name]),
      )}
      {check ? (
        <Button onClick={() => go(incidentsPath({ ...filter, check: undefined }))} className="max-w-full">
          <span className="truncate">Affects {checkLabel ?? "a deleted check"}</span>
          <X aria-label="Take this filter away" size={14} className="shrink-0" />
        </Button>
      ) : (
        <Combobox
          label="Affected check"
          placeholder="Any check"
          load={loadChecks}
          onChoose={(id) => go(incidentsPath({ ...filter, check: id }))}
          large
          className="min-w-32 flex-1 sm:w-44 sm:flex-none"
        />
      )}
      <noscript>
        <Button type="submit">Apply</Button>
      </noscript>
    </form>
  );
}
