import type { CheckListFilter } from "@/app/_dal/checks";

/** A filter as the address's query: what is as it always is, and the place in the list, are left out. */
export function addressQuery({ query, status, type, sort }: Omit<CheckListFilter, "cursor">): Record<string, string> {
  return {
    ...(query && { query }),
    ...(status && { status }),
    ...(type && { type }),
    ...(sort !== "worst" && { sort }),
  };
}
