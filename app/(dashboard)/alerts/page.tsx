import { BellRing, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { ChannelBanners } from "@/app/_components/channel-banners";
import { EmptyState } from "@/app/_components/empty-state";
import { type AlertList, type AlertListFilter, parseAlertListFilter, readAlertList } from "@/app/_dal/alerts";
import { SearchAnswer } from "@/app/_early/search-answer";
import { SEVERITY_LOOKS } from "@/app/_components/severity";
import { ListFilters, type ListSelect } from "@/app/_lists/list-filters";
import { ListKeys } from "@/app/_lists/list-keys";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";
import { alertQuery } from "./address";
import { AlertRows } from "./alert-rows";
import { AlertTabs } from "./alert-tabs";
import { ShowFilter } from "./show-filter";
import { toRow } from "./to-row";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseAlertListFilter(await searchParams);
  const { items, next, counts, failedChannels, isHeard, isAdmin } = await readAlertList(filter);
  return (
    <>
      <AlertTabs
        current="/alerts"
        title="Alerts"
        description="What needs somebody: each with its cause, since when, and who was told."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ChannelBanners channels={failedChannels} isAdmin={isAdmin} />
        {isHeard ? null : <NobodyTold />}
        <ShowFilter filter={filter} counts={counts} />
        <ListFilters
          path="/alerts"
          label="Alerts"
          query={filter.query}
          searchLabel="Search by subject or cause"
          selects={[severityOf(filter)]}
          kept={{ show: filter.show === "open" ? undefined : filter.show }}
        />
        <SearchAnswer>
          {items.length > 0 ? <AlertRows alerts={items.map(toRow)} /> : <NoAlerts filter={filter} counts={counts} />}
          <PageLinks path="/alerts" query={alertQuery(filter)} cursor={filter.cursor} next={next} />
        </SearchAnswer>
      </div>
      <ListKeys mayEdit={false} />
    </>
  );
}

/** The first thing that whoever sets this up has to know. */
function NobodyTold() {
  const action = (
    <ButtonLink href="/alerts/channels" small prefetch={false}>
      See channels
    </ButtonLink>
  );
  return (
    <Banner tone="caution" action={action}>
      No channel is on: alerts are shown here, but nobody is told.
    </Banner>
  );
}

function severityOf({ severity }: AlertListFilter): ListSelect {
  const words = Object.entries(SEVERITY_LOOKS).map(([value, { word }]) => ({ value, label: word }));
  const options = [{ value: "", label: "All severities" }, ...words];
  return { name: "severity", label: "Severity", value: severity ?? "", options, className: "sm:w-44" };
}

function NoAlerts({ filter, counts }: { filter: AlertListFilter; counts: AlertList["counts"] }) {
  const { show, severity, query } = filter;
  if (severity || query || (show !== "open" && show !== "all" && show !== "resolved")) {
    return (
      <EmptyState
        icon={SearchX}
        title="No alert fits"
        action={<ButtonLink href="/alerts">Show open alerts</ButtonLink>}
      >
        {query ? `None has “${query}” in its subject or cause, with these filters.` : "None is like this now."}
      </EmptyState>
    );
  }
  const open = counts.firing + counts.suppressed + counts.pending;
  return (
    <EmptyState
      icon={BellRing}
      title={show === "open" && open === 0 ? "Nothing fires" : "No alert yet"}
      action={<ButtonLink href="/alerts/rules">See the rules</ButtonLink>}
    >
      A rule looks at a check or a metric each minute. When its condition holds, an alert is here with its cause, and
      the channels tell people once.
    </EmptyState>
  );
}
