"use client";

import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { classNames } from "./class-names";
import { Input } from "./inputs";

export interface ComboboxOption {
  value: string;
  /** What is read in its place, where the value is an id. */
  label?: string;
  /** Stands at the right in grey: a unit, a count. */
  hint?: string;
}

interface ComboboxProps {
  label: string;
  placeholder?: string;
  /** What stands in it until somebody types. */
  value?: string;
  /** What is offered for a text; the last question wins. */
  load: (text: string) => Promise<readonly ComboboxOption[]>;
  onChoose: (value: string, option: ComboboxOption) => void;
  /** Enter takes what was typed, also where it is not offered. */
  free?: boolean;
  autoFocus?: boolean;
  /** As high as the other inputs of a form. */
  large?: boolean;
  describedBy?: string;
  invalid?: boolean;
  className?: string;
}

const PAUSE_MS = 120;

/** A text input that offers what fits (WAI-ARIA combobox with a list): arrows move, Enter takes, Escape closes and sets back. */
export function Combobox({
  label,
  placeholder,
  value = "",
  load,
  onChoose,
  free,
  autoFocus,
  large = false,
  describedBy,
  invalid,
  className,
}: ComboboxProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [options, setOptions] = useState<readonly ComboboxOption[]>([]);
  const [asked, setAsked] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(false);
  const loader = useRef(load);
  useEffect(() => {
    loader.current = load;
  });
  const text = typed ?? "";
  useEffect(() => {
    if (!open) return;
    let stale = false;
    const timer = setTimeout(
      () => {
        loader.current(text).then(
          (found) => {
            if (stale) return;
            setOptions(found);
            setAsked(text);
            setActive(text === "" ? -1 : 0);
          },
          () => !stale && setOptions([]),
        );
      },
      text === "" ? 0 : PAUSE_MS,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text, open]);
  const close = () => {
    setOpen(false);
    setTyped(null);
    setActive(-1);
  };
  const choose = (chosen: ComboboxOption) => {
    close();
    onChoose(chosen.value, chosen);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (options.length === 0) return;
      const next = (Math.max(active, step < 0 ? 0 : -1) + step + options.length) % options.length;
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = open && asked === text ? options[active] : undefined;
      // What was typed as a whole is meant as it is.
      if (free && typed !== null && option?.value !== typed) choose(active > 0 && option ? option : { value: typed });
      else if (option) choose(option);
      else if (open && text !== "" && asked === text && options[0]) choose(options[0]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  };
  return (
    <div className={classNames("relative min-w-0", className)}>
      <Input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={open && options[active] ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={typed ?? value}
        // The point of opening a form by a button is to type into it.
        autoFocus={autoFocus}
        onFocus={(event) => {
          event.currentTarget.select();
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onBlur={close}
        onKeyDown={press}
        className={large ? undefined : "h-8! text-xs!"}
      />
      {open ? (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          className="appear absolute top-full left-0 z-30 mt-1 max-h-72 w-max max-w-[min(28rem,calc(100vw-3rem))] min-w-full overflow-y-auto rounded-lg border border-line-strong bg-surface p-1 text-xs"
        >
          {options.map((option, index) => (
            <div
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(option)}
              className={classNames(
                "flex min-h-7 cursor-pointer items-center justify-between gap-4 rounded-md px-2 py-1",
                index === active && "bg-sunken",
              )}
            >
              <span className="min-w-0 truncate text-ink">{option.label ?? (option.value || "(empty)")}</span>
              {option.hint ? <span className="shrink-0 text-muted">{option.hint}</span> : null}
            </div>
          ))}
          {options.length === 0 ? (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2 py-1.5 text-muted">
              {asked === text ? (free && text ? "Enter takes what is typed." : "Nothing fits.") : "Searching…"}
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
