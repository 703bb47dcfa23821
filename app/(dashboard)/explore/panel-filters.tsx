"use client";

import { Filter, X } from "lucide-react";
import { Dropdown } from "@/app/_components/dropdown";
import { type PanelQuery, writeMatcher } from "@/lib/metrics/explorer/panel-query";
import type { Matcher } from "@/lib/metrics/query/matchers";
import { FilterForm } from "./filter-form";

/** The filters of a panel as chips: a click changes one, the cross takes it away. */
export function PanelFilters({ query, onChange }: { query: PanelQuery; onChange: (matchers: Matcher[]) => void }) {
  const { name, matchers } = query;
  const without = (text: string) => matchers.filter((one) => writeMatcher(one) !== text);
  const chips = new Map(matchers.map((matcher) => [writeMatcher(matcher), matcher]));
  return (
    <>
      {[...chips].map(([text, matcher]) => (
        <Chip key={text} text={text} onRemove={() => onChange(without(text))}>
          {(close) => (
            <FilterForm
              name={name}
              filter={matcher}
              others={without(text)}
              onDone={(next) => {
                close();
                onChange(matchers.map((one) => (writeMatcher(one) === text ? next : one)));
              }}
            />
          )}
        </Chip>
      ))}
      <Dropdown
        look="ghost"
        label="New filter"
        button={
          <>
            <Filter aria-hidden size={14} />
            Filter
          </>
        }
      >
        {(close) => (
          <FilterForm
            name={name}
            filter={undefined}
            others={matchers}
            onDone={(next) => {
              close();
              onChange([...matchers, next]);
            }}
          />
        )}
      </Dropdown>
    </>
  );
}

interface ChipProps {
  text: string;
  onRemove: () => void;
  children: (close: () => void) => React.ReactNode;
}

function Chip({ text, onRemove, children }: ChipProps) {
  return (
    <span className="flex max-w-full items-center">
      <Dropdown label={`Filter ${text}`} button={<span className="max-w-48 truncate font-normal">{text}</span>}>
        {children}
      </Dropdown>
      <RemoveButton label={`Take the filter ${text} away`} onClick={onRemove} />
    </span>
  );
}

/** The cross at a chip. */
export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-6 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <X aria-hidden size={14} />
    </button>
  );
}
