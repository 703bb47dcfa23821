import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/app/_components/card";
import type { IncidentFigures } from "@/lib/incidents/figures/get-figures";
import type { Recurring } from "@/lib/incidents/figures/recurring";
import { incidentName } from "@/lib/incidents/incident";

interface RecurringCardsProps {
  figures: Pick<IncidentFigures, "categories" | "roots" | "rules">;
  /** For how many days alerts are kept. */
  retentionDays: number;
}

/** What comes again: kinds of causes, checks at the root, rules that fire. */
export function RecurringCards({ figures: { categories, roots, rules }, retentionDays }: RecurringCardsProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2 xl:grid-cols-3">
      <Ranking
        title="Kinds of causes"
        description="As post-mortems name them."
        empty="No post-mortem names a kind of cause yet."
        rows={categories.map((one) => ({ ...one, below: <Incidents of={one} /> }))}
      />
      <Ranking
        title="Checks at the root"
        description="The likeliest root of each incident."
        empty="No check was a likely root."
        rows={roots.map((one) => ({ ...one, below: <Incidents of={one} /> }))}
      />
      <Ranking
        title="Rules that fired"
        description={`Alerts, of at most the last ${retentionDays} days.`}
        empty="No rule fired."
        rows={rules.map(({ ruleId, label, count }) => ({
          name: label,
          count,
          link: ruleId === null ? null : `/alerts/rules/${ruleId}`,
        }))}
      />
    </div>
  );
}

interface RankingProps {
  title: string;
  description: string;
  empty: string;
  rows: readonly { name: string; count: number; link: string | null; below?: ReactNode }[];
}

function Ranking({ title, description, empty, rows }: RankingProps) {
  return (
    <Card title={title} description={description} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className="text-sm text-muted">{empty}</p>
      ) : (
        <ol className="divide-y divide-line border-t border-line">
          {rows.map(({ name, count, link, below }) => (
            <li key={link ?? name} className="px-4 py-2.5">
              <p className="flex items-baseline justify-between gap-4 text-sm">
                {link === null ? (
                  <span className="min-w-0 font-medium break-words text-ink">{name}</span>
                ) : (
                  <Link
                    href={link}
                    prefetch={false}
                    className="min-w-0 font-medium break-words text-ink hover:underline"
                  >
                    {name}
                  </Link>
                )}
                <span className="shrink-0 text-muted">{count.toLocaleString("en")}×</span>
              </p>
              {below}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const NAMED = 5;

function Incidents({ of: { incidents, count } }: { of: Recurring }) {
  return (
    <p className="flex flex-wrap gap-x-2 text-xs text-muted">
      {incidents.slice(0, NAMED).map(({ id, number }) => (
        <Link
          key={id}
          href={`/incidents/${number}`}
          prefetch={false}
          className="text-accent underline underline-offset-2"
        >
          {incidentName(number)}
        </Link>
      ))}
      {count > NAMED ? <span>and {count - NAMED} more</span> : null}
    </p>
  );
}
