import { INCIDENT_SEVERITY_LOOKS } from "@/app/_components/incident-looks";
import { Table } from "@/app/_lists/table";
import type { Figures, MonthFigures } from "@/lib/incidents/figures/incident-figures";
import type { Spread } from "@/lib/incidents/figures/quantile";
import { monthName, spanWords } from "./describe";

const COLUMNS = ["Month", "Incidents", "Time to detect", "Time to acknowledge", "Time to resolve"];

/** Each month with its severities, the latest first: median, and p90 behind it. */
export function MonthTable({ months }: { months: readonly MonthFigures[] }) {
  return (
    <section aria-labelledby="by-month" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="by-month" className="text-sm font-semibold text-ink">
        By month and severity
      </h2>
      <p className="text-xs text-muted">
        The median, and behind it p90: nine in ten incidents took no longer. Real time, over maintenance windows and
        clock changes too.
      </p>
      <Table label="Figures by month and severity" columns={COLUMNS}>
        {months.toReversed().map((month) => (
          <Month key={month.month} month={month} />
        ))}
      </Table>
    </section>
  );
}

function Month({ month }: { month: MonthFigures }) {
  return (
    <>
      <Row name={monthName(month.month)} figures={month} isMonth />
      {month.severities.map(({ severity, ...figures }) => (
        <Row key={severity} name={INCIDENT_SEVERITY_LOOKS[severity].word} figures={figures} />
      ))}
    </>
  );
}

function Row({ name, figures, isMonth = false }: { name: string; figures: Figures; isMonth?: boolean }) {
  const { count, open, detect, acknowledge, resolve } = figures;
  return (
    <tr className={isMonth ? "border-t border-line" : undefined}>
      <th
        scope="row"
        className={
          isMonth
            ? "px-4 py-2 font-medium whitespace-nowrap text-ink"
            : "py-1 pr-4 pl-8 font-normal whitespace-nowrap text-muted"
        }
      >
        {name}
      </th>
      <td className="px-4 py-1 whitespace-nowrap text-ink">
        {count}
        {open > 0 ? <span className="text-muted"> ({open} open)</span> : null}
      </td>
      <SpreadCell spread={detect} />
      <SpreadCell spread={acknowledge} />
      <SpreadCell spread={resolve} />
    </tr>
  );
}

function SpreadCell({ spread: { count, median, p90 } }: { spread: Spread }) {
  return (
    <td className="px-4 py-1 whitespace-nowrap text-ink">
      {count === 0 ? <span className="text-muted">–</span> : spanWords(median)}
      {count > 1 ? <span className="text-muted"> / {spanWords(p90)}</span> : null}
    </td>
  );
}
