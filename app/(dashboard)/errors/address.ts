import type { ErrorListFilter } from "@/app/_dal/errors";

/** The list's filter as the address says it: what is usual is left out. */
export function errorQuery({ query, project, sort }: Omit<ErrorListFilter, "cursor">): Record<string, string> {
  return {
    ...(query !== undefined && { query }),
    ...(project !== undefined && { project: String(project) }),
    ...(sort !== "last-seen" && { sort }),
  };
}

/** The errors that have a tag of this value, in whatever state they are. */
export function tagAddress(name: string, value: string): string {
  const query = `${name}:"${value.replaceAll(/["\\]/g, "\\$&")}"`;
  return `/errors?${new URLSearchParams({ query }).toString()}`;
}

export function errorAddress(filter: Omit<ErrorListFilter, "cursor">): string {
  const words = new URLSearchParams(errorQuery(filter)).toString();
  return words ? `/errors?${words}` : "/errors";
}
