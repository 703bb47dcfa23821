/** One line of a benchmark's result: a figure against its bound. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  bound?: { at: "most" | "least"; value: number };
}

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 1));

/** Prints figures with their bounds and the ratio to them. @returns whether every bound is met */
export function printFigures(title: string, figures: Figure[]): boolean {
  console.log(`\n${title}`);
  let allMet = true;
  for (const { what, value, unit, bound } of figures) {
    const met = !bound || (bound.at === "most" ? value <= bound.value : value >= bound.value);
    allMet &&= met;
    const limit = bound
      ? `  at ${bound.at} ${number(bound.value)} (ratio ${(value / bound.value).toFixed(2)})  ${met ? "met" : "NOT MET"}`
      : "";
    console.log(`  ${what.padEnd(58)} ${number(value).padStart(10)} ${unit.padEnd(6)}${limit}`);
  }
  return allMet;
}

export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
