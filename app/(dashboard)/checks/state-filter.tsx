import { type State, STATES } from "@/app/_components/state";
import { StateIcon } from "@/app/_components/state-icon";
import type { CheckList, CheckListFilter } from "@/app/_dal/checks";
import { ChoiceLink } from "@/app/_lists/choice-link";
import { addressQuery } from "./address";

interface StateFilterProps {
  filter: CheckListFilter;
  counts: CheckList["counts"];
  total: number;
}

/** The states as links, each with its count; a state that no check shows is left out. */
export function StateFilter({ filter, counts, total }: StateFilterProps) {
  const shown = counts.filter(({ state, count }) => count > 0 || state === filter.status);
  return (
    <nav aria-label="State" className="flex flex-wrap gap-2">
      <Choice filter={filter} status={undefined} label="All" count={total} />
      {shown.map(({ state, count }) => (
        <Choice key={state} filter={filter} status={state} label={STATES[state].word} count={count} />
      ))}
    </nav>
  );
}

function Choice({
  filter,
  status,
  label,
  count,
}: {
  filter: CheckListFilter;
  status: State | undefined;
  label: string;
  count: number;
}) {
  const active = filter.status === status;
  // A state that the list can't be filtered by is not offered.
  const query = new URLSearchParams({
    ...addressQuery({ ...filter, status: undefined }),
    ...(status && { status }),
  }).toString();
  return (
    <ChoiceLink
      href={query ? `/checks?${query}` : "/checks"}
      active={active}
      icon={status ? <StateIcon state={status} size={12} /> : null}
      label={label}
      count={count}
    />
  );
}
