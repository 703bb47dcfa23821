import type { AlertListFilter } from "@/app/_dal/alerts";

/** A filter as the address's query: what is as it always is, and the place in the list, are left out. */
export function alertQuery({ show, severity, query }: Omit<AlertListFilter, "cursor">): Record<string, string> {
  return {
    ...(show !== "open" && { show }),
    ...(severity && { severity }),
    ...(query && { query }),
  };
}

/** Where a silence is made, with its matchers filled in. */
export function silencePath(matchers: readonly string[]): string {
  return `/alerts/silences/new?${new URLSearchParams({ matchers: matchers.join("\n") })}`;
}
