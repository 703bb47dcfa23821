import { Card } from "@/app/_components/card";
import { classNames } from "@/app/_components/class-names";
import { numbered } from "@/app/_components/numbered";
import type { EventData, ExceptionData, Frame } from "@/lib/errors/event";

/** The exceptions, what was caught first and its causes after it, each with its frames: where it broke at the top. */
export function Stack({ data }: { data: EventData }) {
  const exceptions = data.exceptions.toReversed();
  if (exceptions.length === 0) {
    return (
      <Card title="Message">
        <p className="text-sm break-words whitespace-pre-wrap text-ink">
          {data.message?.text ?? "Nothing was sent with it."}
        </p>
        {data.messageFrames ? <Frames frames={data.messageFrames} /> : null}
      </Card>
    );
  }
  return numbered(exceptions).map(({ item: exception, key }) => (
    <Card key={key} title={key === 0 ? "Stack trace" : "Caused by"} flush>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-4">
        <p className="text-sm break-words text-ink">
          <span className="font-semibold">{exception.type}</span>
          {exception.value ? `: ${exception.value}` : ""}
        </p>
        <Mechanism exception={exception} />
        <Frames frames={exception.frames} />
      </div>
    </Card>
  ));
}

function Mechanism({ exception: { mechanism } }: { exception: ExceptionData }) {
  if (mechanism?.handled !== false) return null;
  return <p className="text-xs text-caution">Nobody caught it{mechanism.type ? ` (${mechanism.type})` : ""}.</p>;
}

/** Frames of the program itself stand open, those of libraries between them are folded. */
function Frames({ frames }: { frames: readonly Frame[] }) {
  if (frames.length === 0) return <p className="text-xs text-muted">No stack trace was sent.</p>;
  const latestFirst = frames.toReversed();
  const firstOwn = latestFirst.findIndex(({ inApp }) => inApp);
  return (
    <ol className="divide-y divide-line rounded-md border border-line">
      {numbered(latestFirst).map(({ item: frame, key }) => (
        <li key={key}>
          <FrameLine frame={frame} isOpen={key === Math.max(0, firstOwn)} />
        </li>
      ))}
    </ol>
  );
}

function FrameLine({ frame, isOpen }: { frame: Frame; isOpen: boolean }) {
  const place = [frame.filename ?? frame.module ?? "?", frame.line, frame.column].filter(Boolean).join(":");
  const name = (
    <span className={classNames("min-w-0 break-all", frame.inApp ? "text-ink" : "text-muted")}>
      <span className={frame.inApp ? "font-medium" : undefined}>{frame.function ?? "<anonymous>"}</span>{" "}
      <span className="text-muted">{place}</span>
      {frame.inApp ? <span className="sr-only"> (own code)</span> : null}
    </span>
  );
  const hasMore = frame.contextLine !== undefined || frame.vars !== undefined;
  if (!hasMore) return <p className="flex px-3 py-1.5 font-mono text-xs">{name}</p>;
  return (
    <details open={isOpen}>
      <summary className="cursor-pointer px-3 py-1.5 font-mono text-xs hover:bg-sunken">{name}</summary>
      {frame.contextLine === undefined ? null : <Source frame={frame} line={frame.contextLine} />}
      {frame.vars ? <Vars vars={frame.vars} /> : null}
    </details>
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
      {numbered(lines).map(({ item: { text, isHere }, key }) => (
        <span key={key} className={classNames("flex", isHere && "bg-negative-soft text-ink")}>
          <span className="w-14 shrink-0 pr-3 text-right text-muted tabular-nums select-none">
            {first === undefined ? "" : first + key}
          </span>
          <span className={classNames("pr-3", isHere ? "font-medium" : "text-muted")}>{text || " "}</span>
        </span>
      ))}
    </pre>
  );
}

function Vars({ vars }: { vars: Readonly<Record<string, unknown>> }) {
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line px-3 py-2 font-mono text-xs">
      {Object.entries(vars).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-all text-ink">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
