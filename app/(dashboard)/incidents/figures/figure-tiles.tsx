import type { ReactNode } from "react";
import type { Breakdown } from "@/lib/incidents/figures/incident-figures";
import type { Spread } from "@/lib/incidents/figures/quantile";
import { spanWords } from "./describe";

/** The whole range in four numbers. */
export function FigureTiles({ total: { count, open, detect, acknowledge, resolve } }: { total: Breakdown }) {
  return (
    <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      <Tile name="Incidents" note={open === 0 ? "none of them open" : `${open} of them open`}>
        {count.toLocaleString("en")}
      </Tile>
      <SpreadTile name="Time to detect" spread={detect} />
      <SpreadTile name="Time to acknowledge" spread={acknowledge} />
      <SpreadTile name="Time to resolve" spread={resolve} />
    </dl>
  );
}

function SpreadTile({ name, spread: { count, median, p90 } }: { name: string; spread: Spread }) {
  const note = count === 0 ? "of no incident yet" : `median of ${count}; nine in ten within ${spanWords(p90)}`;
  return (
    <Tile name={name} note={note}>
      {spanWords(median)}
    </Tile>
  );
}

function Tile({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <dt className="text-xs font-medium text-muted">{name}</dt>
      <dd className="mt-1 text-xl font-semibold text-ink">{children}</dd>
      <dd className="mt-0.5 text-xs text-muted">{note}</dd>
    </div>
  );
}
