"use client";

import { ArrowDown, ArrowUp, CircleAlert, Copy, Download, Trash2, type LucideIcon } from "lucide-react";
import { anomalyMarks } from "@/app/_components/anomaly-marks";
import { ChartBody } from "@/app/_components/chart-body";
import type { TimeSpan } from "@/app/_components/chart-selection";
import type { ChartMark } from "@/app/_components/chart-types";
import { Button } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import type { AddressPanel } from "@/lib/metrics/explorer/address";
import { type PanelQuery, writeMatcher } from "@/lib/metrics/explorer/panel-query";
import type { PanelChart, PanelResult } from "@/lib/metrics/explorer/panel-result";
import { PanelEditor } from "./panel-editor";

/** As tall as a chart with its axis: nothing jumps when it comes. */
const CHART_HEIGHT = 200;

export interface PanelActions {
  change: (query: PanelQuery) => void;
  move: ((by: -1 | 1) => void) | undefined;
  canMoveUp: boolean;
  canMoveDown: boolean;
  duplicate: (() => void) | undefined;
  remove: () => void;
  select: (span: TimeSpan) => void;
  reset: (() => void) | undefined;
}

interface PanelProps {
  panel: AddressPanel;
  /** The panel's place, from 1. */
  number: number;
  /** undefined while it is read for the first time. */
  result: PanelResult | undefined;
  /** What is shown is of an earlier question. */
  busy: boolean;
  range: TimeSpan;
  marks: readonly ChartMark[];
  beforeLabel: string | undefined;
  /** Where its CSV file is. */
  csv: string;
  actions: PanelActions;
}

/** One chart of the explorer with its query above and what can be done with it. */
export function Panel({ panel, number, result, busy, range, marks, beforeLabel, csv, actions }: PanelProps) {
  const title = "query" in panel ? titleOf(panel.query) : panel.text;
  return (
    <section
      aria-label={`Chart ${number}`}
      aria-busy={busy}
      className="min-w-0 rounded-lg border border-line bg-surface p-4"
    >
      <div className="mb-3 flex items-start justify-between gap-3">
        <h2 className="min-w-0 truncate pt-1.5 text-sm font-semibold text-ink" title={title}>
          {title}
        </h2>
        <div className="flex shrink-0">
          {actions.move ? (
            <>
              <Action
                icon={ArrowUp}
                label={`Move chart ${number} up`}
                onClick={() => actions.move?.(-1)}
                disabled={!actions.canMoveUp}
              />
              <Action
                icon={ArrowDown}
                label={`Move chart ${number} down`}
                onClick={() => actions.move?.(1)}
                disabled={!actions.canMoveDown}
              />
            </>
          ) : null}
          <Action
            icon={Copy}
            label={`Duplicate chart ${number}`}
            onClick={actions.duplicate}
            disabled={!actions.duplicate}
          />
          <Action icon={Trash2} label={`Remove chart ${number}`} onClick={actions.remove} />
        </div>
      </div>
      {"query" in panel ? (
        <div className="mb-4">
          <PanelEditor query={panel.query} kinds={result?.kinds ?? []} onChange={actions.change} />
        </div>
      ) : null}
      <div className={classNames("transition-opacity", busy && "opacity-60")}>
        {result === undefined ? (
          <div role="status" style={{ height: CHART_HEIGHT + 48 }} className="skeleton">
            <span className="sr-only">Loading</span>
          </div>
        ) : "problem" in result ? (
          <Refusal text={result.problem} />
        ) : (
          <Drawn
            title={title}
            chart={result.chart}
            range={range}
            marks={marks}
            beforeLabel={beforeLabel}
            csv={csv}
            actions={actions}
          />
        )}
      </div>
    </section>
  );
}

/** "cpu_usage where host = web-1 by core" */
function titleOf({ name, matchers, by }: PanelQuery): string {
  const filters = matchers.length > 0 ? ` where ${matchers.map(writeMatcher).join(" and ")}` : "";
  const groups = by === undefined ? "" : by.length === 0 ? ", all together" : ` by ${by.join(", ")}`;
  return `${name}${filters}${groups}`;
}

function Refusal({ text }: { text: string }) {
  return (
    <div
      role="status"
      style={{ minHeight: CHART_HEIGHT + 48 }}
      className="grid place-items-center rounded-md border border-dashed border-negative-line px-6"
    >
      <p className="flex max-w-lg items-start gap-2 text-sm text-ink">
        <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-negative" />
        <span className="min-w-0 break-words">{text}</span>
      </p>
    </div>
  );
}

interface DrawnProps extends Pick<PanelProps, "range" | "marks" | "beforeLabel" | "csv" | "actions"> {
  title: string;
  chart: PanelChart;
}

function Drawn({ title, chart, range, marks, beforeLabel, csv, actions }: DrawnProps) {
  const { lines, anomalies, notes, empty, ...rest } = chart;
  return (
    <figure aria-label={title}>
      {notes.map((note) => (
        <p key={note} className="mb-3 text-xs text-muted">
          {note}
        </p>
      ))}
      <ChartBody
        chart={{
          title,
          ...rest,
          ...range,
          series: lines,
          beforeLabel,
          max: rest.unit === "percent" || rest.unit === "%" ? fullPercent(lines) : undefined,
          marks: [...marks, ...anomalyMarks(anomalies)],
          height: CHART_HEIGHT,
          empty: empty ?? "Nothing was recorded in this range.",
        }}
        onSelect={actions.select}
        onReset={actions.reset}
        foot={
          <a href={csv} download className="flex items-center gap-1 rounded-sm text-muted hover:text-ink">
            <Download aria-hidden size={12} />
            CSV<span className="sr-only"> of {title}</span>
          </a>
        }
      />
    </figure>
  );
}

/** Percents that come near 100 end there: an axis to 120 % says what can't be. */
function fullPercent(lines: PanelChart["lines"]): number | undefined {
  const highest = Math.max(
    ...lines.flatMap(({ values, before = [] }) => [...values, ...before]).map((value) => value ?? 0),
  );
  return highest > 50 && highest <= 100 ? 100 : undefined;
}

function Action({
  icon: Icon,
  label,
  onClick,
  disabled = false,
}: {
  icon: LucideIcon;
  label: string;
  onClick: (() => void) | undefined;
  disabled?: boolean;
}) {
  return (
    <Button
      look="ghost"
      small
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={disabled}
      className="w-8 px-0"
    >
      <Icon aria-hidden size={16} />
    </Button>
  );
}
