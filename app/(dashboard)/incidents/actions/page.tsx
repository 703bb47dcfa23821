import { ListTodo } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { type ActionFilter, type ActionList, parseActionFilter, readActionList } from "@/app/_dal/postmortems";
import { ChoiceLink } from "@/app/_lists/choice-link";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";
import { IncidentTabs } from "../incident-tabs";
import { ActionRow } from "./action-row";
import { OwnerFilter } from "./owner-filter";

export const metadata: Metadata = { title: "Action items" };

const PATH = "/incidents/actions";

/** The filter as the address's query; what is as it always is is left out. */
const queryOf = ({ show, owner }: Partial<ActionFilter>): Record<string, string> => ({
  ...(show !== undefined && show !== "open" && { show }),
  ...(owner !== undefined && { owner }),
});

function addressOf(filter: Partial<ActionFilter>): string {
  const query = new URLSearchParams(queryOf(filter)).toString();
  return query ? `${PATH}?${query}` : PATH;
}

export default async function ActionsPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseActionFilter(await searchParams);
  const { items, next, counts, people, mayEdit } = await readActionList(filter);
  const choice = (show: ActionFilter["show"], label: string, count?: number) => (
    <ChoiceLink href={addressOf({ ...filter, show })} active={filter.show === show} label={label} count={count} />
  );
  return (
    <>
      <IncidentTabs
        current={PATH}
        title="Action items"
        description="What is to be done so that incidents do not come again. One past its date reminds by an alert, once a day."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <nav aria-label="Which action items" className="flex flex-wrap gap-2">
            {choice("open", "Open", counts.open)}
            {choice("overdue", "Overdue", counts.overdue)}
            {choice("done", "Done")}
          </nav>
          <OwnerFilter people={people} owner={filter.owner} show={filter.show === "open" ? undefined : filter.show} />
        </div>
        {items.length > 0 ? (
          <ul aria-label="Action items" className="divide-y divide-line rounded-lg border border-line bg-surface">
            {items.map((item) => (
              <li key={item.id}>
                <ActionRow item={item} people={people} mayEdit={mayEdit} withIncident />
              </li>
            ))}
          </ul>
        ) : (
          <NoActions filter={filter} counts={counts} />
        )}
        <PageLinks path={PATH} query={queryOf(filter)} cursor={filter.cursor} next={next} />
      </div>
    </>
  );
}

function NoActions({ filter: { show, owner }, counts }: { filter: ActionFilter } & Pick<ActionList, "counts">) {
  if (owner !== undefined) {
    return (
      <EmptyState
        icon={ListTodo}
        title="Nothing of this owner"
        action={<ButtonLink href={PATH}>Of everybody</ButtonLink>}
      >
        None is like this, with these filters.
      </EmptyState>
    );
  }
  const title =
    show === "overdue" && counts.open > 0
      ? "Nothing is overdue"
      : show === "done"
        ? "Nothing is done yet"
        : "Nothing is to be done";
  return (
    <EmptyState
      icon={ListTodo}
      title={title}
      action={<ButtonLink href="/incidents?status=resolved">Resolved incidents</ButtonLink>}
    >
      Each incident’s post-mortem has its action items, with an owner and a date. All of them are here, the overdue ones
      first.
    </EmptyState>
  );
}
