import { groupBy } from "@/lib/core/group-by";
import { INCIDENT_SEVERITIES, type Incident } from "../incident";
import { type Month, monthOf } from "./months";
import { type Spread, spreadOf } from "./quantile";

/** What of an incident the figures are made of. */
export type CountedIncident = Pick<Incident, "severity" | "startedAt" | "detectedAt" | "acknowledgedAt" | "resolvedAt">;

/** How many incidents there were, and how long they took. Spans are real time in seconds, over clock changes and maintenance windows too. */
export interface Figures {
  count: number;
  /** Of them, not resolved yet. */
  open: number;
  /** From the start of the harm until somebody or something noticed. */
  detect: Spread;
  /** From then until a person took it on (MTTA). */
  acknowledge: Spread;
  /** From the start of the harm to the end (MTTR). */
  resolve: Spread;
}

export type SeverityFigures = Figures & { severity: Incident["severity"] };

/** Figures of all, and by severity, the worst first; a severity without an incident is left out. */
export interface Breakdown extends Figures {
  severities: SeverityFigures[];
}

export interface MonthFigures extends Breakdown, Month {}

/** How long from one moment to another; null while one of them is open. A moment before the other counts as the same. */
const secondsBetween = (from: Date, to: Date | null): number | null =>
  to && Math.max(0, to.getTime() - from.getTime()) / 1000;

function figuresOf(incidents: readonly CountedIncident[]): Figures {
  return {
    count: incidents.length,
    open: incidents.filter(({ resolvedAt }) => resolvedAt === null).length,
    detect: spreadOf(incidents.map(({ startedAt, detectedAt }) => secondsBetween(startedAt, detectedAt))),
    acknowledge: spreadOf(
      incidents.map(({ detectedAt, acknowledgedAt }) => secondsBetween(detectedAt, acknowledgedAt)),
    ),
    resolve: spreadOf(incidents.map(({ startedAt, resolvedAt }) => secondsBetween(startedAt, resolvedAt))),
  };
}

/** Figures of incidents, altogether and by severity. Pure. */
export function breakDown(incidents: readonly CountedIncident[]): Breakdown {
  const severities = INCIDENT_SEVERITIES.toReversed().flatMap((severity) => {
    const own = incidents.filter((incident) => incident.severity === severity);
    return own.length === 0 ? [] : [{ severity, ...figuresOf(own) }];
  });
  return { ...figuresOf(incidents), severities };
}

/** Figures of each month: an incident belongs to the one in which it started. Pure. */
export function figuresByMonth(
  incidents: readonly CountedIncident[],
  months: readonly Month[],
  timezone: string,
): MonthFigures[] {
  const byMonth = groupBy(incidents, ({ startedAt }) => monthOf(timezone, startedAt));
  return months.map((month) => ({ ...month, ...breakDown(byMonth.get(month.month) ?? []) }));
}
