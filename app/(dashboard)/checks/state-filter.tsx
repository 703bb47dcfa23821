import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { type State, STATES } from "@/app/_components/state";
import { StateIcon } from "@/app/_components/state-icon";
import type { CheckList, CheckListFilter } from "@/app/_dal/checks";
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
    <Link
      href={query ? `/checks?${query}` : "/checks"}
      prefetch={false}
      scroll={false}
      aria-current={active ? "true" : undefined}
      className={classNames(
        "inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-xs font-medium transition-colors",
        active
          ? "border-ink bg-surface text-ink"
          : "border-line bg-surface text-muted hover:border-line-strong hover:text-ink",
      )}
    >
      {status ? <StateIcon state={status} size={12} /> : null}
      {label}
      <span className="tabular-nums">{count.toLocaleString("en")}</span>
    </Link>
  );
}
