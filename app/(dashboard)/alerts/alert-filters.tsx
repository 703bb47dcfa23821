"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, type FormEvent } from "react";
import { Button } from "@/app/_components/button";
import { Input, Select } from "@/app/_components/inputs";
import { SEVERITY_LOOKS } from "@/app/_components/severity";

interface AlertFiltersProps {
  show: string;
  severity: string | undefined;
  query: string;
}

/** Between two questions while letters follow quickly. */
const PAUSE_MS = 150;

/** Words and severity of the list: a plain form that writes the address, by itself where there is JavaScript. */
export function AlertFilters({ show, severity = "", query }: AlertFiltersProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by a link or by going back: the controls follow, but never under the caret.
  useEffect(() => {
    if (search.current && search.current !== document.activeElement) search.current.value = query;
    if (select.current) select.current.value = severity;
  }, [query, severity]);

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
    router.replace(words.size > 0 ? `/alerts?${words}` : "/alerts", { scroll: false });
  };
  return (
    <form
      ref={form}
      action="/alerts"
      onSubmit={submit}
      role="search"
      aria-label="Alerts"
      className="flex flex-wrap items-center gap-2"
    >
      {show === "open" ? null : <input type="hidden" name="show" value={show} />}
      <span className="relative min-w-full flex-1 sm:max-w-xs sm:min-w-48">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2.5 left-3 text-muted" />
        <Input
          ref={search}
          type="search"
          name="query"
          aria-label="Search by subject or cause"
          placeholder="Search"
          defaultValue={query}
          onInput={sendSoon}
          className="pl-9"
          data-list-search
        />
      </span>
      <Select
        ref={select}
        name="severity"
        aria-label="Severity"
        defaultValue={severity}
        onChange={send}
        className="flex-1 sm:w-44 sm:flex-none"
      >
        <option value="">All severities</option>
        {Object.entries(SEVERITY_LOOKS).map(([value, { word }]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </Select>
      <noscript>
        <Button type="submit">Apply</Button>
      </noscript>
    </form>
  );
}
