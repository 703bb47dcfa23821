import type { ShownState } from "@/app/_components/severity";
import { AlertStateIcon } from "@/app/_components/severity-badge";
import type { AlertList, AlertListFilter } from "@/app/_dal/alerts";
import { ChoiceLink } from "@/app/_lists/choice-link";
import { RESOLVED_DAYS } from "@/lib/alerting/list-alerts";
import { alertQuery } from "./address";

interface ShowFilterProps {
  filter: AlertListFilter;
  counts: AlertList["counts"];
}

/** What is open, and its kinds, as links with their counts; then what is over. */
export function ShowFilter({ filter, counts: { firing, suppressed, pending, resolved } }: ShowFilterProps) {
  return (
    <nav aria-label="Which alerts" className="flex flex-wrap gap-2">
      <Choice filter={filter} show="open" label="Open" count={firing + suppressed + pending} />
      <Choice filter={filter} show="firing" label="Firing" count={firing} state="firing" />
      <Choice filter={filter} show="suppressed" label="Suppressed" count={suppressed} state="suppressed" />
      <Choice filter={filter} show="pending" label="Pending" count={pending} state="pending" />
      <Choice
        filter={filter}
        show="resolved"
        label="Resolved"
        count={resolved}
        within={`in ${RESOLVED_DAYS} days`}
        state="resolved"
      />
    </nav>
  );
}

interface ChoiceProps {
  filter: AlertListFilter;
  show: AlertListFilter["show"];
  label: string;
  count: number;
  within?: string;
  state?: ShownState;
}

function Choice({ filter, show, label, count, within, state }: ChoiceProps) {
  const active = filter.show === show;
  const query = new URLSearchParams(alertQuery({ ...filter, show })).toString();
  return (
    <ChoiceLink
      href={query ? `/alerts?${query}` : "/alerts"}
      active={active}
      icon={state ? <AlertStateIcon state={state} size={12} /> : null}
      label={label}
      count={count}
      within={within}
    />
  );
}
