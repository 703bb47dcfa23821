"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, type FormEvent } from "react";
import { Button } from "@/app/_components/button";
import { Input, Select } from "@/app/_components/inputs";
import { endEarlyAnswer, isAnsweredEarly, stopEarlySearch, whenIdle } from "@/app/_early/early-answer";

interface ListFiltersProps {
  query: string;
  status: string | undefined;
  type: string | undefined;
  sort: string;
  types: readonly { value: string; label: string }[];
}

/** Between two questions while letters follow quickly. */
const PAUSE_MS = 120;
/** While the early search answers, the page's own answer only makes it last. */
const ANSWERED_MS = 400;

/** Search, type and order of the list: a plain form that writes the address, by itself where there is JavaScript. */
export function ListFilters({ query, status, type, sort, types }: ListFiltersProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const typeSelect = useRef<HTMLSelectElement>(null);
  const sortSelect = useRef<HTMLSelectElement>(null);
  const shown = useRef({ query, type: type ?? "", sort });
  const answered = useRef(false);
  const typedAt = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = () => form.current?.requestSubmit();
  // The answer comes with its filter: what early-search.ts showed has done its part.
  useLayoutEffect(() => {
    shown.current = { query, type: type ?? "", sort };
    if (answered.current) endEarlyAnswer();
    answered.current = true;
  }, [query, type, sort]);
  // Typed or chosen before this code came: taken up when the browser is done with the page, once.
  useEffect(
    () =>
      whenIdle(() => {
        if (form.current) stopEarlySearch(form.current);
        const changed =
          search.current?.value !== shown.current.query ||
          typeSelect.current?.value !== shown.current.type ||
          sortSelect.current?.value !== shown.current.sort;
        if (changed) form.current?.requestSubmit();
        else endEarlyAnswer();
      }),
    [],
  );
  // The address changed by a link or by going back: the controls follow, but never under the caret, nor over what was
  // chosen before this code came.
  useEffect(() => {
    if (isAnsweredEarly(form.current)) return;
    if (search.current && search.current !== document.activeElement) search.current.value = query;
    if (typeSelect.current) typeSelect.current.value = type ?? "";
    if (sortSelect.current) sortSelect.current.value = sort;
  }, [query, type, sort]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The first letter at once, those that follow quickly when they pause.
  const sendSoon = () => {
    const now = performance.now();
    const pausing = now - typedAt.current < PAUSE_MS;
    typedAt.current = now;
    clearTimeout(timer.current);
    const wait = isAnsweredEarly(form.current) ? ANSWERED_MS : pausing ? PAUSE_MS : 0;
    if (wait === 0) send();
    else timer.current = setTimeout(send, wait);
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
