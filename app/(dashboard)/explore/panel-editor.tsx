"use client";

import { Combobox } from "@/app/_components/combobox";
import { Select } from "@/app/_components/inputs";
import { firstAggregate, fittingAggregates } from "@/lib/metrics/explorer/fitting-aggregates";
import type { PanelQuery } from "@/lib/metrics/explorer/panel-query";
import { type Aggregate, AGGREGATES } from "@/lib/metrics/query/aggregates";
import type { MetricKind } from "@/lib/metrics/sample";
import { findMetrics } from "./metric-facets";
import { PanelFilters } from "./panel-filters";
import { PanelGroups } from "./panel-groups";

const WORDS: Record<Aggregate, string> = {
  avg: "Average",
  min: "Minimum",
  max: "Maximum",
  sum: "Sum",
  count: "Count",
  last: "Last",
  rate: "Rate per second",
  p50: "p50 (median)",
  p90: "p90",
  p95: "p95",
  p99: "p99",
};

interface PanelEditorProps {
  query: PanelQuery;
  /** What the metric's series are; only what makes sense for them is offered. */
  kinds: readonly MetricKind[];
  onChange: (query: PanelQuery) => void;
}

/** The query of one panel: metric, aggregate, grouping, filters. Each change is in the address at once. */
export function PanelEditor({ query, kinds, onChange }: PanelEditorProps) {
  const fitting = fittingAggregates(kinds);
  // One that does not fit came by the address: it is shown, with its error below.
  const offered = AGGREGATES.filter((agg) => fitting.includes(agg) || agg === query.agg);
  const chooseMetric = async (name: string) => {
    if (name === query.name) return;
    const found = await findMetrics(name).catch(() => []);
    const next = found.find(({ value }) => value === name)?.kinds ?? [];
    const agg = fittingAggregates(next).includes(query.agg) ? query.agg : firstAggregate(next);
    onChange({ name, agg, matchers: [], by: undefined });
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Combobox
        label="Metric"
        value={query.name}
        load={findMetrics}
        onChoose={(name) => void chooseMetric(name)}
        className="w-full sm:w-52"
      />
      <Select
        aria-label="Aggregate"
        value={query.agg}
        onChange={(event) => onChange({ ...query, agg: offered.find((agg) => agg === event.target.value) ?? "avg" })}
        className="w-36 [&_select]:h-8 [&_select]:text-xs [&_svg]:top-2"
      >
        {offered.map((agg) => (
          <option key={agg} value={agg}>
            {WORDS[agg]}
          </option>
        ))}
      </Select>
      <PanelGroups query={query} onChange={(by) => onChange({ ...query, by })} />
      <PanelFilters query={query} onChange={(matchers) => onChange({ ...query, matchers })} />
    </div>
  );
}
