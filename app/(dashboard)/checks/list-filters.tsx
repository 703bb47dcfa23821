"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, type FormEvent } from "react";
import { Button } from "@/app/_components/button";
import { Input, Select } from "@/app/_components/inputs";
import { endEarlyAnswer, stopEarlySearch } from "@/app/_lists/early-answer";

interface ListFiltersProps {
  query: string;
  status: string | undefined;
  type: string | undefined;
  sort: string;
  types: readonly { value: string; label: string }[];
}

const PAUSE_MS = 120;

/** Search, type and order of the list: a plain form that writes the address, by itself where there is JavaScript. */
export function ListFilters({ query, status, type, sort, types }: ListFiltersProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const typeSelect = useRef<HTMLSelectElement>(null);
  const sortSelect = useRef<HTMLSelectElement>(null);
  const mounted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The answer comes with its filter: public/early.js's own has done its part.
  useLayoutEffect(() => {
    if (mounted.current) endEarlyAnswer();
  }, [query, type, sort]);
  // Typed or chosen before this script came: taken up now, once.
  useEffect(() => {
    if (mounted.current) return;
    mounted.current = true;
    stopEarlySearch(form.current);
    const changed =
      search.current?.value !== query ||
      typeSelect.current?.value !== (type ?? "") ||
      sortSelect.current?.value !== sort;
    if (changed) form.current?.requestSubmit();
    else endEarlyAnswer();
  }, [query, type, sort]);
  // The address changed by a link or by going back: the controls follow, but never under the caret.
  useEffect(() => {
    if (search.current && search.current !== document.activeElement) search.current.value = query;
    if (typeSelect.current) typeSelect.current.value = type ?? "";
    if (sortSelect.current) sortSelect.current.value = sort;
  }, [query, type, sort]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = () => form.current?.requestSubmit();
  const sendSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(send, PAUSE_MS);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    clearTimeout(timer.current);
    router.replace(addressOf(new FormData(event.currentTarget)), { scroll: false });
  };
  return (
    <form
      ref={form}
      action="/checks"
      onSubmit={submit}
      role="search"
      data-early-search=""
      aria-label="Checks"
      className="flex flex-wrap items-center gap-2"
    >
      {status ? <input type="hidden" name="status" value={status} /> : null}
      <span className="relative min-w-full flex-1 sm:max-w-xs sm:min-w-48">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2.5 left-3 text-muted" />
        <Input
          ref={search}
          type="search"
          name="query"
          aria-label="Search by name, key or type"
          placeholder="Search"
          defaultValue={query}
          onInput={sendSoon}
          className="pl-9"
          data-list-search
        />
      </span>
      <Select
        ref={typeSelect}
        name="type"
        aria-label="Type"
        defaultValue={type ?? ""}
        onChange={send}
        className="flex-1 sm:w-44 sm:flex-none"
      >
        <option value="">All types</option>
        {types.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        ref={sortSelect}
        name="sort"
        aria-label="Order"
        defaultValue={sort}
        onChange={send}
        className="flex-1 sm:w-36 sm:flex-none"
      >
        <option value="worst">Worst first</option>
        <option value="label">By name</option>
      </Select>
      <noscript>
        <Button type="submit">Apply</Button>
      </noscript>
    </form>
  );
}

/** Without what is empty or as it always is. */
function addressOf(form: FormData): string {
  const query = new URLSearchParams();
  for (const [name, value] of form)
    if (typeof value === "string" && value.trim() && !(name === "sort" && value === "worst")) query.set(name, value);
  return query.size > 0 ? `/checks?${query}` : "/checks";
}
