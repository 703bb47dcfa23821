import type { ErrorListFilter } from "@/app/_dal/errors";

/** The list's filter as the address says it: what is usual is left out. */
export function errorQuery({ query, project, sort }: Omit<ErrorListFilter, "cursor">): Record<string, string> {
  return {
    ...(query !== undefined && { query }),
    ...(project !== undefined && { project: String(project) }),
    ...(sort !== "last-seen" && { sort }),
  };
}

export function errorAddress(filter: Omit<ErrorListFilter, "cursor">): string {
  const words = new URLSearchParams(errorQuery(filter)).toString();
  return words ? `/errors?${words}` : "/errors";
}
