"use client";

import { Activity, ChartLine } from "lucide-react";
import { useRef, useState } from "react";
import { Banner } from "@/app/_components/banner";
import { Button } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { EmptyState } from "@/app/_components/empty-state";
import { useExplorerAddress } from "@/app/_components/explorer-address";
import { ButtonLink } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import type { ExplorerPageData } from "@/app/_dal/explore";
import { type AddressPanel, MAX_PANELS, panelOf, writeAddress } from "@/lib/metrics/explorer/address";
import type { PanelQuery } from "@/lib/metrics/explorer/panel-query";
import { AddPanel } from "./add-panel";
import { Panel } from "./panel";
import { SaveView } from "./save-view";
import { Toolbar } from "./toolbar";
import { useExplorerData } from "./use-explorer-data";
import { ViewsMenu } from "./views-menu";

const BEFORE = { week: "a week before", before: "the period before" } as const;

/** What was odd in the metric that is looked at, where it is one. */
function anomaliesOf(panels: readonly AddressPanel[]): string {
  const [panel] = panels;
  if (!panel || panels.length > 1 || !("query" in panel)) return "/explore/anomalies";
  return `/explore/anomalies?${new URLSearchParams({ query: panel.query.name })}`;
}

/** Charts of any series, several at once on one time axis. The address holds all of it. */
export function Explorer({ data: fromPage, views, mayEdit }: ExplorerPageData) {
  const { address, query, change } = useExplorerAddress();
  const { data, busy, problem, retry } = useExplorerData(query, fromPage);
  const panelsBox = useRef<HTMLDivElement>(null);
  const { panels } = address;
  const current = views.find((view) => view.query === query);
  const [opened, setOpened] = useState(current?.id);
  if (current && current.id !== opened) setOpened(current.id);
  const changed = current ? undefined : views.find(({ id }) => id === opened);

  const setPanels = (next: readonly AddressPanel[]) => change({ panels: next });
  const add = (added: PanelQuery) => setPanels([...panels, panelOf(added)]);
  // A panel is known by its place: its query changes under the hands of whoever edits it, and the focus stays.
  const places = panels.map((panel, index) => ({ panel, index }));
  const isFull = panels.length >= MAX_PANELS;
  const move = (index: number, by: -1 | 1) => {
    const next = [...panels];
    const [moved] = next.splice(index, 1);
    if (!moved) return;
    next.splice(index + by, 0, moved);
    setPanels(next);
    // The button goes along with its chart.
    requestAnimationFrame(() => {
      const target = panelsBox.current?.children[index + by];
      const named = target?.querySelector<HTMLButtonElement>(`[aria-label$=${by < 0 ? "up" : "down"}]:enabled`);
      (named ?? target?.querySelector<HTMLButtonElement>("[aria-label^=Move]:enabled"))?.focus();
    });
  };
  return (
    <>
      <PageHeader
        title={current?.name ?? "Explore"}
        actions={
          <>
            <ButtonLink href={anomaliesOf(panels)} small>
              <Activity aria-hidden size={14} />
              Anomalies
            </ButtonLink>
            <ViewsMenu views={views} current={current} mayEdit={mayEdit} />
            {mayEdit && panels.length > 0 ? <SaveView query={query} changed={changed} /> : null}
          </>
        }
      />
      {panels.length === 0 ? (
        <EmptyState
          icon={ChartLine}
          title="No chart yet"
          action={<AddPanel label="Metric of the first chart" onAdd={add} />}
        >
          Find a metric by its name; then narrow it by its labels, group it and compare it with before. The address
          holds it all, to be sent to somebody.
        </EmptyState>
      ) : (
        <>
          <Toolbar address={address} onChange={change} />
          {problem ? (
            <div className="mb-4">
              <Banner
                tone="negative"
                urgent
                action={
                  <Button small onClick={retry}>
                    Try again
                  </Button>
                }
              >
                {problem}
              </Banner>
            </div>
          ) : null}
          <div ref={panelsBox} className={classNames("grid items-start gap-4", panels.length > 1 && "2xl:grid-cols-2")}>
            {places.map(({ panel, index }) => {
              const known = data.panels[index];
              const same = known?.text === panel.text ? known : data.panels.find(({ text }) => text === panel.text);
              return (
                <Panel
                  key={index}
                  panel={panel}
                  number={index + 1}
                  result={same ?? (data.panels.length === panels.length ? known : undefined)}
                  busy={busy}
                  range={{ from: data.from, to: data.to }}
                  marks={data.marks}
                  beforeLabel={address.compare && BEFORE[address.compare]}
                  csv={`/explore/csv?${writeAddress({ ...address, panels: [panel] })}`}
                  actions={{
                    change: (next) => setPanels(panels.map((one, place) => (place === index ? panelOf(next) : one))),
                    move: panels.length > 1 ? (by) => move(index, by) : undefined,
                    canMoveUp: index > 0,
                    canMoveDown: index < panels.length - 1,
                    duplicate: isFull ? undefined : () => setPanels(panels.toSpliced(index, 0, panel)),
                    remove: () => setPanels(panels.toSpliced(index, 1)),
                    select: (zoom) => change({ zoom }),
                    reset: address.zoom ? () => change({ zoom: undefined }) : undefined,
                  }}
                />
              );
            })}
          </div>
          <div className="mt-4 flex items-center gap-3">
            {isFull ? (
              <p className="text-xs text-muted">A page has at most {MAX_PANELS} charts.</p>
            ) : (
              <AddPanel label="Add a chart" placeholder="Add a chart: find a metric" onAdd={add} />
            )}
          </div>
        </>
      )}
    </>
  );
}
