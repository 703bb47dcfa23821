import { classNames } from "@/app/_components/class-names";
import { numbered } from "@/app/_components/numbered";
import type { Frame } from "@/lib/errors/event";
import { ValueText } from "./value-text";

const SUMMARY = "cursor-pointer px-3 py-1.5 font-mono text-xs hover:bg-sunken";

/** A call: its function and place, and folded under it the source around it and its variables. */
export function FrameLine({ frame, isOpen = false }: { frame: Frame; isOpen?: boolean }) {
  const name = <FrameName frame={frame} />;
  const hasMore = frame.contextLine !== undefined || frame.vars !== undefined;
  // As far in as those that have a triangle.
  if (!hasMore) return <p className="py-1.5 pr-3 pl-7 font-mono text-xs">{name}</p>;
  return (
    <details open={isOpen}>
      <summary className={SUMMARY}>{name}</summary>
      {frame.contextLine === undefined ? null : <Source frame={frame} line={frame.contextLine} />}
      {frame.vars ? <Vars vars={frame.vars} /> : null}
    </details>
  );
}

/** Calls in libraries, one after the other: the latest is named. */
export function LibraryFrames({ frames }: { frames: readonly Frame[] }) {
  const [latest] = frames;
  if (!latest) return null;
  const others = frames.length - 1;
  return (
    <details>
      <summary className={SUMMARY}>
        <FrameName frame={latest} />{" "}
        <span className="font-sans whitespace-nowrap text-muted">
          and {others} more {others === 1 ? "call" : "calls"} in libraries
        </span>
      </summary>
      <ol className="divide-y divide-line border-t border-line pl-4">
        {numbered(frames).map(({ item: frame, key }) => (
          <li key={key}>
            <FrameLine frame={frame} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function FrameName({ frame }: { frame: Frame }) {
  const place = [frame.filename ?? frame.module ?? "?", frame.line, frame.column].filter(Boolean).join(":");
  return (
    <span className={classNames("break-words", frame.inApp ? "text-ink" : "text-muted")}>
      <span className={frame.inApp ? "font-medium" : undefined}>{frame.function ?? "<anonymous>"}</span>{" "}
      <span className="break-all text-muted" title={frame.absPath}>
        {place}
      </span>
      {frame.inApp ? <span className="sr-only"> (own code)</span> : null}
    </span>
  );
}

function Source({ frame, line }: { frame: Frame; line: string }) {
  const before = frame.preContext ?? [];
  const lines = [
    ...before.map((text) => ({ text, isHere: false })),
    { text: line, isHere: true },
    ...(frame.postContext ?? []).map((text) => ({ text, isHere: false })),
  ];
  const first = frame.line === undefined ? undefined : frame.line - before.length;
  return (
    <pre
      // Scrolled by keyboard too.
      tabIndex={0}
      aria-label="Source"
      className="overflow-x-auto border-t border-line bg-sunken py-2 font-mono text-xs leading-5"
    >
      {/* As wide as the longest line, so that the ground of the one that broke reaches as far as one scrolls. */}
      <span className="block w-max min-w-full">
        {numbered(lines).map(({ item: { text, isHere }, key }) => (
          <span key={key} className={classNames("flex", isHere && "bg-negative-soft text-ink")}>
            <span className="w-14 shrink-0 pr-3 text-right text-muted tabular-nums select-none">
              {first === undefined ? "" : first + key}
            </span>
            <span className={classNames("pr-3", isHere ? "font-medium" : "text-muted")}>{text || " "}</span>
          </span>
        ))}
      </span>
    </pre>
  );
}

function Vars({ vars }: { vars: Readonly<Record<string, unknown>> }) {
  return (
    <dl
      aria-label="Variables"
      className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line px-3 py-2 font-mono text-xs"
    >
      {Object.entries(vars).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="break-words text-muted">{name}</dt>
          <dd className="text-ink">
            <ValueText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
