import type { TimeChartProps } from "@/app/_components/chart-types";
import type { PhasePoint } from "@/lib/checks/list-phase-series";

/** A chart tells six lines apart: the total and five phases. */
const MAX_PHASES = 5;

/** How long the runs took: where a type measures phases, the total and each phase, else one line. Pure. */
export function durationSeries(points: readonly PhasePoint[]): TimeChartProps["series"] {
  const names = [...new Set(points.flatMap(({ phases }) => Object.keys(phases)))].slice(0, MAX_PHASES);
  const total = {
    label: names.length > 0 ? "Total" : "Duration",
    values: points.map(({ durationMs }) => tidy(durationMs)),
  };
  return [
    total,
    ...names.map((name) => ({ label: titleOf(name), values: points.map(({ phases }) => tidy(phases[name])) })),
  ];
}

/** Four digits are more than a chart shows. */
function tidy(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Number(ms.toPrecision(4));
}

/** "firstByte" → "First byte", "tls" → "TLS" */
function titleOf(name: string): string {
  if (name === "dns" || name === "tls") return name.toUpperCase();
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
