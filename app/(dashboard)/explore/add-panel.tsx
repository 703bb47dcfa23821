"use client";

import { Combobox } from "@/app/_components/combobox";
import { firstAggregate } from "@/lib/metrics/explorer/fitting-aggregates";
import type { PanelQuery } from "@/lib/metrics/explorer/panel-query";
import { findMetrics } from "./metric-facets";

/** Finds a metric by typing and adds a chart of it, with what its kind is mostly looked at by. */
export function AddPanel({
  label,
  placeholder = "Find a metric, like cpu_usage",
  autoFocus,
  onAdd,
}: {
  label: string;
  placeholder?: string;
  autoFocus?: boolean;
  onAdd: (query: PanelQuery) => void;
}) {
  const add = async (name: string) => {
    const found = await findMetrics(name).catch(() => []);
    const kinds = found.find(({ value }) => value === name)?.kinds ?? [];
    onAdd({ name, agg: firstAggregate(kinds), matchers: [], by: undefined });
  };
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      load={findMetrics}
      onChoose={(name) => void add(name)}
      autoFocus={autoFocus}
      className="w-full sm:w-80"
    />
  );
}
