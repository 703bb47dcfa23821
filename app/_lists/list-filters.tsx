"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, type FormEvent } from "react";
import { Button } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { Input, Select } from "@/app/_components/inputs";
import { endEarlyAnswer, isAnsweredEarly, stopEarlySearch, whenIdle } from "@/app/_early/early-answer";

/** One choice of many. Its first option is the usual one, which the address leaves out. */
export interface ListSelect {
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  /** Its width beside the others, where there is room. */
  className: string;
}

interface ListFiltersProps {
  /** The list's own. */
  path: string;
  /** Names the form for screen readers. */
  label: string;
  query: string;
  /** What the words are looked for in: "Search by name, key or type". */
  searchLabel: string;
  selects: readonly ListSelect[];
  /** What is searched where the address says nothing; then the address may also say that nothing is. */
  usualQuery?: string;
  /** For searches of several terms. */
  wide?: boolean;
  /** Sent along: what is chosen by the links beside it. */
  kept: Readonly<Record<string, string | undefined>>;
}

/** Between two questions while letters follow quickly. */
const PAUSE_MS = 120;
/** While the early search answers, the page's own answer only makes it last. */
const ANSWERED_MS = 400;

/**
 * Words and choices of a list: a plain form that writes the address, by itself where there is JavaScript. The list stands
 * in a SearchAnswer, so that what is typed before this code came is answered too.
 */
export function ListFilters({
  path,
  label,
  query,
  searchLabel,
  selects,
  usualQuery = "",
  wide = false,
  kept,
}: ListFiltersProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const answered = useRef(false);
  const typedAt = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What the address says, as one text: it changes by a link, by going back, and by this form.
  const said = new URLSearchParams([["query", query], ...selects.map(({ name, value }) => [name, value])]).toString();
  const latest = useRef(said);

  const send = () => form.current?.requestSubmit();
  // The answer comes with its filter: what early-search.ts showed has done its part.
  useLayoutEffect(() => {
    latest.current = said;
    if (answered.current) endEarlyAnswer();
    answered.current = true;
  }, [said]);
  // Typed or chosen before this code came: taken up when the browser is done with the page, once.
  useEffect(
    () =>
      whenIdle(() => {
        if (form.current) stopEarlySearch(form.current);
        const changed = controlsOf(form.current, latest.current).some(([control, value]) => control.value !== value);
        if (changed) form.current?.requestSubmit();
        else endEarlyAnswer();
      }),
    [],
  );
  // The controls follow the address, but never under the caret, nor over what was chosen before this code came.
  useEffect(() => {
    if (isAnsweredEarly(form.current)) return;
    for (const [control, value] of controlsOf(form.current, said)) {
      if (control instanceof HTMLSelectElement || control !== document.activeElement) control.value = value;
    }
  }, [said]);
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
    router.replace(
      addressOf(path, new FormData(event.currentTarget), [...selects.map(usualOf), ["query", usualQuery]]),
      { scroll: false },
    );
  };
  return (
    <form
      ref={form}
      action={path}
      onSubmit={submit}
      role="search"
      data-early-search=""
      aria-label={label}
      className="flex flex-wrap items-center gap-2"
    >
      {Object.entries(kept).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <span className={classNames("relative min-w-full flex-1 sm:min-w-48", wide ? "sm:max-w-xl" : "sm:max-w-xs")}>
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2.5 left-3 text-muted" />
        <Input
          type="search"
          name="query"
          aria-label={searchLabel}
          placeholder="Search"
          defaultValue={query}
          onInput={sendSoon}
          className="pl-9"
          data-list-search
        />
      </span>
      {selects.map(({ name, label: selectLabel, value, options, className }) => (
        <Select
          key={name}
          name={name}
          aria-label={selectLabel}
          defaultValue={value}
          onChange={send}
          className={classNames("min-w-[calc(50%-0.25rem)] flex-1 sm:min-w-0 sm:flex-none", className)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      ))}
      <noscript>
        <Button type="submit">Apply</Button>
      </noscript>
    </form>
  );
}

/** The controls with what the address says of each. */
function controlsOf(form: HTMLFormElement | null, said: string): [HTMLInputElement | HTMLSelectElement, string][] {
  return [...new URLSearchParams(said)].flatMap(([name, value]) => {
    const control = form?.elements.namedItem(name);
    const isControl = control instanceof HTMLInputElement || control instanceof HTMLSelectElement;
    return isControl ? [[control, value]] : [];
  });
}

const usualOf = ({ name, options }: ListSelect): [string, string] => [name, options[0]?.value ?? ""];

/** Without what is as it usually is. */
function addressOf(path: string, form: FormData, usualValues: readonly [name: string, value: string][]): string {
  const usual = new Map(usualValues);
  const query = new URLSearchParams();
  for (const [name, value] of form)
    if (typeof value === "string" && value.trim() !== (usual.get(name) ?? "")) query.set(name, value.trim());
  return query.size > 0 ? `${path}?${query}` : path;
}
