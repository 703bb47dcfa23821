import { type PanelQuery, readPanel, writePanel } from "./panel-query";
import { COMPARISONS, type Comparison, EXPLORER_RANGES, type ExplorerRange, keyOf, type Step, STEPS } from "./ranges";

/** Most charts of one page. */
export const MAX_PANELS = 12;

export const DEFAULT_RANGE: ExplorerRange = "24h";

/** A panel as the address has it: what could not be read stays there, so that it can be seen and mended. */
export type AddressPanel = { text: string; query: PanelQuery } | { text: string; problem: string };

/** All that the explorer shows, as its address says it. */
export interface ExplorerAddress {
  panels: readonly AddressPanel[];
  range: ExplorerRange;
  /** A part of the past, in ms: what was selected on a chart. Wins over the range, which is where zooming out leads. */
  zoom: { from: number; to: number } | undefined;
  step: Step | undefined;
  /** Whose days a step of a day means. */
  timezone: string | undefined;
  compare: Comparison | undefined;
}

/** Reads an address's query (with or without its ?); what makes no sense in it is as it always is. Pure. */
export function readAddress(query: string | URLSearchParams): ExplorerAddress {
  const given = new URLSearchParams(query);
  const from = Date.parse(given.get("from") ?? "");
  const to = Date.parse(given.get("to") ?? "");
  const step = keyOf(STEPS, given.get("step"));
  return {
    panels: given.getAll("q").slice(0, MAX_PANELS).map(toPanel),
    range: keyOf(EXPLORER_RANGES, given.get("range")) ?? DEFAULT_RANGE,
    zoom: from < to ? { from, to } : undefined,
    step,
    timezone: step === "1d" ? (given.get("tz") ?? undefined) : undefined,
    compare: COMPARISONS.find((one) => one === given.get("compare")),
  };
}

export function panelOf(query: PanelQuery): AddressPanel {
  return { text: writePanel(query), query };
}

function toPanel(text: string): AddressPanel {
  const read = readPanel(text);
  return "problem" in read ? { text, problem: read.problem } : panelOf(read);
}

/** The address's query without ?, always the same for the same content; empty for an empty page. Pure. */
export function writeAddress({ panels, range, zoom, step, timezone, compare }: ExplorerAddress): string {
  const parts: [string, string][] = panels.map(({ text }) => ["q", text]);
  if (range !== DEFAULT_RANGE) parts.push(["range", range]);
  if (zoom) parts.push(["from", momentText(zoom.from)], ["to", momentText(zoom.to)]);
  if (step) parts.push(["step", step]);
  if (step === "1d" && timezone) parts.push(["tz", timezone]);
  if (compare) parts.push(["compare", compare]);
  return parts.map(([name, value]) => `${name}=${readable(value)}`).join("&");
}

/** 2026-11-25T08:00Z: seconds only where there are some. */
function momentText(ms: number): string {
  return new Date(ms).toISOString().replace(/(:00)?\.000Z$/, "Z");
}

/** Signs that mean nothing in a query's value stay as they are, so that a person can read the address. */
function readable(value: string): string {
  return encodeURIComponent(value).replace(/%(?:3A|2C|3D|2F|40|24|3F)/g, decodeURIComponent);
}
