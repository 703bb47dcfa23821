import { Card } from "@/app/_components/card";
import { numbered } from "@/app/_components/numbered";
import { type EventData, type Frame, uncaughtBy } from "@/lib/errors/event";
import { FrameLine, LibraryFrames } from "./frame-line";
import { frameRuns } from "./frame-runs";

/** The exceptions, what was caught first and its causes after it, each with its frames: where it broke at the top. */
export function Stack({ data }: { data: EventData }) {
  const exceptions = data.exceptions.toReversed();
  if (exceptions.length === 0) {
    return (
      <Card title="Message">
        <p className="text-sm wrap-anywhere whitespace-pre-wrap text-ink">
          {data.message?.text ?? "Nothing was sent with it."}
        </p>
        {data.messageFrames ? (
          <div className="mt-3">
            <Frames frames={data.messageFrames} />
          </div>
        ) : null}
      </Card>
    );
  }
  return numbered(exceptions).map(({ item: exception, key }) => (
    <Card key={key} title={key === 0 ? "Stack trace" : "Caused by"} flush>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-4">
        <p className="text-sm wrap-anywhere whitespace-pre-wrap text-ink">
          <span className="font-semibold">{exception.type}</span>
          {exception.value ? `: ${exception.value}` : ""}
        </p>
        {key === 0 ? <Uncaught data={data} /> : null}
        <Frames frames={exception.frames} />
      </div>
    </Card>
  ));
}

function Uncaught({ data }: { data: EventData }) {
  const mechanism = uncaughtBy(data);
  if (!mechanism) return null;
  return <p className="text-xs text-caution">Nobody caught it{mechanism.type ? ` (${mechanism.type})` : ""}.</p>;
}

function Frames({ frames }: { frames: readonly Frame[] }) {
  if (frames.length === 0) return <p className="text-xs text-muted">No stack trace was sent.</p>;
  return (
    <ol aria-label="Calls, the latest first" className="divide-y divide-line rounded-md border border-line">
      {numbered(frameRuns(frames)).map(({ item: run, key }) => (
        <li key={key}>
          {run.kind === "frame" ? (
            <FrameLine frame={run.frame} isOpen={run.isOpen} />
          ) : (
            <LibraryFrames frames={run.frames} />
          )}
        </li>
      ))}
    </ol>
  );
}
