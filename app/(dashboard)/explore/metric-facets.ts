"use client";

import type { ComboboxOption } from "@/app/_components/combobox";
import type { Matcher } from "@/lib/metrics/query/matchers";
import type { MetricKind } from "@/lib/metrics/sample";

const KINDS: readonly MetricKind[] = ["gauge", "counter", "delta", "distribution"];
/** So long an answer is used again: somebody who opens a list twice asks once. */
const FRESH_MS = 15_000;

const answers = new Map<string, { at: number; items: Promise<unknown[]> }>();

/** The items of a list of the API; none where it can't be read. */
function readItems(path: string, query: Record<string, string>, filters: readonly Matcher[] = []): Promise<unknown[]> {
  const search = new URLSearchParams(query);
  for (const { label, op, value } of filters) search.append("labels", `${label}${op}${value}`);
  const address = `/api/v1/metrics/${path}?${search}`;
  const kept = answers.get(address);
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.items;
  const items = fetch(address)
    .then(async (response): Promise<unknown> => (response.ok ? response.json() : undefined))
    .then((answer) =>
      typeof answer === "object" && answer !== null && "items" in answer && Array.isArray(answer.items)
        ? answer.items
        : [],
    );
  answers.set(address, { at: Date.now(), items });
  items.catch(() => answers.delete(address));
  return items;
}

export interface FoundMetric extends ComboboxOption {
  kinds: MetricKind[];
}

/** Metrics whose name fits what is typed, with their unit and how many series they have. */
export async function findMetrics(text: string): Promise<FoundMetric[]> {
  const items = await readItems("names", { query: text, limit: "50" });
  return items.flatMap((item) => {
    if (typeof item !== "object" || item === null || !("name" in item) || typeof item.name !== "string") return [];
    const given = "kinds" in item && Array.isArray(item.kinds) ? item.kinds : [];
    const units = "units" in item && Array.isArray(item.units) ? item.units.filter((unit) => unit !== "") : [];
    const count = "seriesCount" in item && typeof item.seriesCount === "number" ? item.seriesCount : 0;
    const hint = [units.join(", "), count > 1 ? `${count} series` : ""].filter(Boolean).join(" · ");
    return [{ value: item.name, hint, kinds: KINDS.filter((kind) => given.includes(kind)) }];
  });
}

/** The labels of a metric's series that fit what is typed, with how many values each has. */
export async function findLabels(name: string, text: string): Promise<ComboboxOption[]> {
  const items = await readItems("labels", { name });
  const wanted = text.trim().toLowerCase();
  return items.flatMap((item) => {
    if (typeof item !== "object" || item === null || !("label" in item) || typeof item.label !== "string") return [];
    const count = "valueCount" in item && typeof item.valueCount === "number" ? item.valueCount : 0;
    if (!item.label.toLowerCase().includes(wanted)) return [];
    return [{ value: item.label, hint: count === 1 ? "1 value" : `${count} values` }];
  });
}

/** The values of a label that begin with what is typed, among series that fit the other filters. */
export async function findValues(
  name: string,
  label: string,
  text: string,
  others: readonly Matcher[],
): Promise<ComboboxOption[]> {
  const items = await readItems("label-values", { name, label, query: text }, others);
  return items.flatMap((item) => {
    if (typeof item !== "object" || item === null || !("value" in item) || typeof item.value !== "string") return [];
    const count = "seriesCount" in item && typeof item.seriesCount === "number" ? item.seriesCount : 0;
    return [{ value: item.value, hint: `${count} series` }];
  });
}
