import Link from "next/link";
import type { LogLine } from "@/lib/logs/list-logs";
import { classNames } from "./class-names";
import { ExactTime } from "./relative-time";

const TONES: Readonly<Record<string, string>> = {
  fatal: "text-negative",
  error: "text-negative",
  warn: "text-caution",
};

interface LogLinesProps {
  /** The oldest or the latest first. */
  lines: readonly LogLine[];
  /** When an error happened: its place among the lines is shown. */
  around?: Date | undefined;
}

/** Lines of logs, one under the other; what a line carries besides its message is folded. */
export function LogLines({ lines, around }: LogLinesProps) {
  const place = around && placeOf(lines, around.getTime());
  return (
    <ol className="divide-y divide-line border-t border-line font-mono text-xs">
      {lines.map((line, i) => [
        around && i === place ? <Mark key="mark" at={around} /> : null,
        <li key={line.id}>
          <Line line={line} />
        </li>,
      ])}
      {around && place === lines.length ? <Mark at={around} /> : null}
    </ol>
  );
}

/** Before which line a time belongs, in whichever order they are. Pure. */
function placeOf(lines: readonly LogLine[], time: number): number {
  const first = lines[0]?.at.getTime() ?? 0;
  const isLatestFirst = first > (lines.at(-1)?.at.getTime() ?? 0);
  const place = lines.findIndex(({ at }) => (isLatestFirst ? at.getTime() <= time : at.getTime() > time));
  return place === -1 ? lines.length : place;
}

function Mark({ at }: { at: Date }) {
  return (
    <li className="flex gap-2 bg-negative-soft px-4 py-1.5 pl-8 font-sans font-medium text-negative">
      <ExactTime at={at} focusable={false} className="tabular-nums" />
      The error
    </li>
  );
}

function Line({ line: { at, level, service, message, attributes, traceId } }: { line: LogLine }) {
  const more = Object.entries(attributes);
  const head = (
    <span className="inline-grid w-[calc(100%-1.25rem)] gap-x-3 align-top sm:grid-cols-[9.5rem_3rem_minmax(0,1fr)]">
      <span className="flex gap-3 sm:contents">
        <span className="text-muted tabular-nums">
          <ExactTime at={at} focusable={false} />
        </span>
        <span className={classNames("uppercase", TONES[level] ?? "text-muted")}>{level}</span>
      </span>
      <span className="min-w-0 wrap-anywhere whitespace-pre-wrap text-ink">
        {service ? <span className="text-muted">{service} </span> : null}
        {message}
      </span>
    </span>
  );
  if (more.length === 0 && traceId === null) return <p className="px-4 py-1.5 pl-8">{head}</p>;
  return (
    <details>
      <summary className="cursor-pointer px-4 py-1.5 hover:bg-sunken">{head}</summary>
      <dl className="grid grid-cols-[minmax(0,12rem)_minmax(0,1fr)] gap-x-4 gap-y-1 bg-sunken px-8 py-2">
        {traceId === null ? null : (
          <div className="contents">
            <dt className="text-muted">trace</dt>
            <dd className="break-all">
              <Link href={`/logs?trace=${traceId}&range=30d`} prefetch={false} className="text-ink underline">
                {traceId}
              </Link>
            </dd>
          </div>
        )}
        {more.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="wrap-anywhere text-muted">{name}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap text-ink">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
