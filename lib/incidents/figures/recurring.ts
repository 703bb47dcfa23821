import { groupBy } from "@/lib/core/group-by";
import type { Cause } from "../causes/cause";

/** An incident with what is known of its cause. */
export interface CausedIncident {
  id: string;
  number: number;
  causes: readonly Cause[];
  /** Of its post-mortem; empty: none was named. */
  causeCategory: string;
}

/** Something that came more than once, or may come again. */
export interface Recurring {
  name: string;
  /** How many incidents. */
  count: number;
  /** Where it is shown; null: nowhere. */
  link: string | null;
  /** Those incidents, the latest first. */
  incidents: { id: string; number: number }[];
}

const MAX_SHOWN = 20;

/** Kinds of causes that post-mortems named, the most frequent first; case plays no part. Pure. */
export function recurringCategories(incidents: readonly CausedIncident[]): Recurring[] {
  const named = incidents.filter(({ causeCategory }) => causeCategory !== "");
  return rank(
    groupBy(named, ({ causeCategory }) => causeCategory.toLowerCase()),
    ({ causeCategory }) => ({
      name: causeCategory,
      link: null,
    }),
  );
}

/** The checks that were likely the root of incidents: of each the likeliest one. Pure. */
export function recurringRoots(incidents: readonly CausedIncident[]): Recurring[] {
  const rooted = incidents.flatMap((incident) => {
    const root = incident.causes.find(({ kind }) => kind === "check");
    return root ? [{ ...incident, root }] : [];
  });
  return rank(
    groupBy(rooted, ({ root }) => root.link ?? root.title),
    ({ root: { title, link } }) => ({
      name: title,
      link,
    }),
  );
}

function rank<Item extends CausedIncident>(
  groups: Map<string, Item[]>,
  describe: (newest: Item) => Pick<Recurring, "name" | "link">,
): Recurring[] {
  return [...groups.values()]
    .map((group) => group.toSorted((a, b) => b.number - a.number))
    .flatMap((group) =>
      group[0]
        ? [
            {
              ...describe(group[0]),
              count: group.length,
              incidents: group.slice(0, MAX_SHOWN).map(({ id, number }) => ({ id, number })),
            },
          ]
        : [],
    )
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_SHOWN);
}
