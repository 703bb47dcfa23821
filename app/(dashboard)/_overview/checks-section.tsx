import { ListChecks } from "lucide-react";
import Link from "next/link";
import { ButtonLink } from "@/app/_components/button";
import { ChannelBanners } from "@/app/_components/channel-banners";
import { EmptyState } from "@/app/_components/empty-state";
import { SteadyList } from "@/app/_components/steady-list";
import { getOverviewChecks } from "@/app/_dal/overview";
import { AlertsWidget } from "./alerts-widget";
import { CheckCard } from "./check-card";
import { VerdictLine } from "./verdict-line";

/** The verdict and the cards, worst first. */
export async function ChecksSection() {
  const { verdict, cards, total, alerts, isAdmin, mayEdit } = await getOverviewChecks();
  return (
    <div className="appear">
      <VerdictLine verdict={verdict} />
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4 empty:hidden">
        <ChannelBanners channels={alerts.failedChannels} isAdmin={isAdmin} />
        <AlertsWidget alerts={alerts} />
      </div>
      {cards.length > 0 ? (
        <section aria-labelledby="checks" className="mt-6">
          <h2 id="checks" className="sr-only">
            Checks
          </h2>
          <SteadyList
            label="Checks, worst first"
            className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4"
            items={cards.map((check) => ({ key: check.id, node: <CheckCard check={check} /> }))}
          />
          {total > cards.length ? (
            <p className="mt-4 text-sm">
              <Link href="/checks" className="font-medium text-accent hover:underline">
                All {total.toLocaleString("en")} checks
              </Link>
            </p>
          ) : null}
        </section>
      ) : (
        <div className="mt-6">
          <EmptyState
            icon={ListChecks}
            title="No checks yet"
            action={
              mayEdit ? (
                <ButtonLink look="primary" href="/checks/new">
                  New check
                </ButtonLink>
              ) : undefined
            }
          >
            Each check will have a card here: its state, the number that matters and how its last 24 hours went.
          </EmptyState>
        </div>
      )}
    </div>
  );
}
