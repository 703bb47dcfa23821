import { ChartColumn } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { FIGURE_MONTHS, parseFiguresAddress, readFigures, readRetentionDays } from "@/app/_dal/postmortems";
import { ChoiceLink } from "@/app/_lists/choice-link";
import type { SearchParams } from "@/app/_lists/search-params";
import { IncidentTabs } from "../incident-tabs";
import { DowntimeTable } from "./downtime-table";
import { FigureTiles } from "./figure-tiles";
import { MonthChart } from "./month-chart";
import { MonthTable } from "./month-table";
import { RecurringCards } from "./recurring-cards";
import { ZoneLink } from "./zone-link";

export const metadata: Metadata = { title: "Incident figures" };

const PATH = "/incidents/figures";

/** What incidents cost, month by month, and what they come from. */
export default async function FiguresPage({ searchParams }: { searchParams: SearchParams }) {
  const { months, timezone } = parseFiguresAddress(await searchParams);
  const [figures, retentionDays] = await Promise.all([readFigures({ months, timezone }), readRetentionDays()]);
  const addressOf = (count: number) =>
    `${PATH}?${new URLSearchParams({ months: String(count), ...(timezone !== "UTC" && { timezone }) })}`;
  const { total, downtime, rules } = figures;
  return (
    <>
      <IncidentTabs
        current={PATH}
        title="Figures"
        description="How quickly incidents are noticed, taken on and over, what was down, and what comes again."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <nav aria-label="Range" className="flex flex-wrap gap-2">
            {FIGURE_MONTHS.map((count) => (
              <ChoiceLink key={count} href={addressOf(count)} active={count === months} label={`${count} months`} />
            ))}
          </nav>
          <p className="text-xs text-muted">
            Months of {timezone}, this one too. <ZoneLink path={PATH} months={months} timezone={timezone} />
          </p>
        </div>
        {total.count === 0 && downtime.length === 0 && rules.length === 0 ? (
          <EmptyState
            icon={ChartColumn}
            title={`Nothing happened in ${months} months`}
            action={<ButtonLink href="/incidents?status=all">All incidents</ButtonLink>}
          >
            Once there are incidents: times to detect, to acknowledge and to resolve by month and severity; how long
            each check was down; and the causes that recur.
          </EmptyState>
        ) : (
          <>
            <FigureTiles total={total} />
            <MonthChart months={figures.months} />
            <MonthTable months={figures.months} />
            <DowntimeTable downtime={downtime} from={figures.from} to={figures.to} />
            <RecurringCards figures={figures} retentionDays={retentionDays} />
          </>
        )}
      </div>
    </>
  );
}
