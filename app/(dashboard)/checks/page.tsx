import { ListChecks, Plus, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { type CheckListFilter, parseCheckListFilter, readCheckList } from "@/app/_dal/checks";
import { SearchAnswer } from "@/app/_early/search-answer";
import { ListFilters, type ListSelect } from "@/app/_lists/list-filters";
import { ListKeys } from "@/app/_lists/list-keys";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { addressQuery } from "./address";
import { CheckRows } from "./check-rows";
import { StateFilter } from "./state-filter";

export const metadata: Metadata = { title: "Checks" };

export default async function ChecksPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseCheckListFilter(await searchParams);
  const { items, next, counts, total, mayEdit } = await readCheckList(filter);
  const newCheck = mayEdit ? (
    <ButtonLink href="/checks/new" look="primary">
      <Plus aria-hidden size={16} />
      New check
    </ButtonLink>
  ) : undefined;
  if (total === 0) return <NoChecks action={newCheck} />;
  return (
    <>
      <PageHeader title="Checks" actions={newCheck} />
      <div className="grid gap-4">
        <StateFilter filter={filter} counts={counts} total={total} />
        <ListFilters
          path="/checks"
          label="Checks"
          query={filter.query}
          searchLabel="Search by name, key or type"
          selects={selectsOf(filter)}
          kept={{ status: filter.status }}
        />
        <SearchAnswer>
          {items.length > 0 ? <CheckRows checks={items} /> : <NoMatch filter={filter} />}
          <PageLinks path="/checks" query={addressQuery(filter)} cursor={filter.cursor} next={next} />
        </SearchAnswer>
      </div>
      <ListKeys mayEdit={mayEdit} />
    </>
  );
}

function selectsOf({ type = "", sort }: CheckListFilter): ListSelect[] {
  const types = [...CHECK_TYPES].map(([value, { label }]) => ({ value, label }));
  const all = { value: "", label: "All types" };
  const orders = [
    { value: "worst", label: "Worst first" },
    { value: "label", label: "By name" },
  ];
  return [
    { name: "type", label: "Type", value: type, options: [all, ...types], className: "sm:w-44" },
    { name: "sort", label: "Order", value: sort, options: orders, className: "sm:w-36" },
  ];
}

function NoChecks({ action }: { action: React.ReactNode }) {
  return (
    <>
      <PageHeader title="Checks" />
      <EmptyState icon={ListChecks} title="No checks yet" action={action}>
        A check looks at something on a schedule (a website, a port, a database, a certificate) and says whether it is
        all right. Each will be a line here.
      </EmptyState>
    </>
  );
}

function NoMatch({ filter }: { filter: CheckListFilter }) {
  return (
    <EmptyState icon={SearchX} title="No check fits" action={<ButtonLink href="/checks">Show all checks</ButtonLink>}>
      {filter.query
        ? `None has “${filter.query}” in its name, key or type, with these filters.`
        : "None has this state and type now."}
    </EmptyState>
  );
}
