"use client";

import { useEffect, useState } from "react";
import { Select } from "@/app/_components/inputs";
import type { PanelQuery } from "@/lib/metrics/explorer/panel-query";
import { findLabels } from "./metric-facets";
import { RemoveButton } from "./panel-filters";

const EACH = "each";
const TOGETHER = "together";

interface PanelGroupsProps {
  query: PanelQuery;
  onChange: (by: readonly string[] | undefined) => void;
}

/** How series are put together: each for itself, all, or by labels, which stand beside as chips. */
export function PanelGroups({ query: { name, by }, onChange }: PanelGroupsProps) {
  const [labels, setLabels] = useState<readonly string[]>([]);
  useEffect(() => {
    let stale = false;
    findLabels(name, "").then(
      (found) => !stale && setLabels(found.map(({ value }) => value)),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [name]);
  const chosen = by ?? [];
  const more = labels.filter((label) => !chosen.includes(label));
  const change = (value: string) => {
    if (value === EACH) onChange(undefined);
    else if (value === TOGETHER) onChange([]);
    else if (value.startsWith("by ")) onChange([...chosen, value.slice(3)]);
  };
  return (
    <>
      <Select
        aria-label="Group"
        value={by === undefined ? EACH : by.length === 0 ? TOGETHER : "by"}
        onChange={(event) => change(event.target.value)}
        className="w-36 [&_select]:h-8 [&_select]:text-xs [&_svg]:top-2"
      >
        <option value={EACH}>Each series</option>
        <option value={TOGETHER}>All together</option>
        {chosen.length > 0 ? <option value="by">Grouped by</option> : null}
        {more.length > 0 ? (
          <optgroup label={chosen.length > 0 ? "Also by" : "Group by"}>
            {more.map((label) => (
              <option key={label} value={`by ${label}`}>
                by {label}
              </option>
            ))}
          </optgroup>
        ) : null}
      </Select>
      {chosen.map((label) => (
        <span
          key={label}
          className="flex h-8 items-center rounded-md border border-line-strong pl-2.5 text-xs text-ink"
        >
          by {label}
          <RemoveButton
            label={`Do not group by ${label}`}
            onClick={() => {
              const rest = chosen.filter((one) => one !== label);
              onChange(rest.length > 0 ? rest : undefined);
            }}
          />
        </span>
      ))}
    </>
  );
}
