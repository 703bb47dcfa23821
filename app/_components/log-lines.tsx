import Link from "next/link";
import type { LogLine } from "@/lib/logs/list-logs";
import { classNames } from "./class-names";
import { ClockTime } from "./relative-time";

const TONES: Readonly<Record<string, string>> = {
  fatal: "text-negative",
  error: "text-negative",
  warn: "text-caution",
};

/** Lines of logs, one under the other; what a line carries besides its message is folded. */
export function LogLines({ lines, around }: { lines: readonly LogLine[]; around?: Date }) {
  const near = around && lines.findLast(({ at }) => at <= around)?.id;
  return (
    <ol className="divide-y divide-line border-t border-line font-mono text-xs">
      {lines.map((line) => (
        <li key={line.id} className={classNames(line.id === near && "border-b-2 border-b-negative-line")}>
          <Line line={line} />
        </li>
      ))}
    </ol>
  );
}

function Line({ line: { at, level, service, message, attributes, traceId } }: { line: LogLine }) {
  const more = Object.entries(attributes);
  const head = (
    <span className="inline-grid w-[calc(100%-1.25rem)] gap-x-3 align-top sm:grid-cols-[8rem_4rem_minmax(0,1fr)]">
      <span className="text-muted tabular-nums">
        <ClockTime at={at} focusable={false} />
      </span>
      <span className={classNames("uppercase", TONES[level] ?? "text-muted")}>{level}</span>
      <span className="min-w-0 break-words whitespace-pre-wrap text-ink">
        {service ? <span className="text-muted">{service} </span> : null}
        {message}
      </span>
    </span>
  );
  if (more.length === 0 && traceId === null) return <p className="px-4 py-1.5 pl-8">{head}</p>;
  return (
    <details>
      <summary className="cursor-pointer px-4 py-1.5 hover:bg-sunken">{head}</summary>
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 bg-sunken px-8 py-2">
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
            <dt className="break-words text-muted">{name}</dt>
            <dd className="break-all text-ink">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
