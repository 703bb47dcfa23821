import { useId, type ReactNode } from "react";
import { INCIDENT_STATUS_LOOKS } from "@/app/_components/incident-looks";
import { Markdown } from "@/app/_components/markdown";
import { UtcTime } from "@/app/_components/utc-time";
import type { TimelineEntry } from "@/lib/incidents/get-incident";
import type { PostmortemDocument } from "@/lib/incidents/postmortem/document";
import { numberedWhys } from "@/lib/incidents/postmortem/to-markdown";

/** The sections of the document, as people wrote them, with the timeline between. */
export function DocumentText({ document: { postmortem, timeline } }: { document: PostmortemDocument }) {
  const { impact, rootCause, causeCategory, contributingFactors, whys, wentWell, wentBadly } = postmortem;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 print:block">
      <Written title="Impact" text={impact} />
      <DocumentSection title="Timeline">
        {timeline.length === 0 ? (
          <Nothing />
        ) : (
          <ol className="grid gap-3">
            {timeline.map((entry) => (
              <Line key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
      </DocumentSection>
      <DocumentSection title="Root cause">
        {causeCategory ? (
          <p className="mb-2 text-sm text-muted">
            Kind of cause: <span className="font-medium text-ink">{causeCategory}</span>
          </p>
        ) : null}
        {rootCause ? <Markdown text={rootCause} className="text-sm text-ink" /> : <Nothing />}
      </DocumentSection>
      <Written title="Contributing factors" text={contributingFactors} />
      <DocumentSection title="Five whys">
        {whys.length === 0 ? <Nothing /> : <Markdown text={numberedWhys(whys)} className="text-sm text-ink" />}
      </DocumentSection>
      <Written title="What went well" text={wentWell} />
      <Written title="What went badly" text={wentBadly} />
    </div>
  );
}

function Written({ title, text }: { title: string; text: string }) {
  return (
    <DocumentSection title={title}>
      {text ? <Markdown text={text} className="text-sm text-ink" /> : <Nothing />}
    </DocumentSection>
  );
}

const Nothing = () => <p className="text-sm text-muted">Not written yet.</p>;

/** A titled part of the document; on paper its title stays with what follows. */
export function DocumentSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 print:mb-6">
      <h2 id={id} className="mb-2 text-base font-semibold text-ink print:break-after-avoid">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Line({ entry: { at, source, status, message, annotation, authorName } }: { entry: TimelineEntry }) {
  const isUpdate = source === "update";
  const facts = [status && INCIDENT_STATUS_LOOKS[status].word, isUpdate && authorName].filter(Boolean).join(", ");
  return (
    <li className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[11.5rem_minmax(0,1fr)] print:break-inside-avoid print:grid-cols-[11.5rem_minmax(0,1fr)]">
      <span className="text-xs leading-5 text-muted">
        <UtcTime at={at} />
        {facts ? <span className="block leading-4">{facts}</span> : null}
      </span>
      <div className="min-w-0 text-sm text-ink">
        {isUpdate ? <Markdown text={message} /> : <p className="break-words">{message}</p>}
        {annotation ? (
          <p className="mt-1 border-l-2 border-line-strong pl-2 break-words whitespace-pre-wrap text-muted">
            {annotation}
          </p>
        ) : null}
      </div>
    </li>
  );
}
