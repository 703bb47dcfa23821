import type { ReactNode } from "react";
import { IMPACT_LOOKS, INCIDENT_SEVERITY_LOOKS, INCIDENT_STATUS_LOOKS } from "@/app/_components/incident-looks";
import { UtcTime } from "@/app/_components/utc-time";
import { formatDuration } from "@/lib/core/format";
import { incidentName } from "@/lib/incidents/incident";
import type { PostmortemDocument } from "@/lib/incidents/postmortem/document";

interface DocumentFactsProps {
  document: PostmortemDocument;
  /** Nobody saved it yet. */
  isDraft: boolean;
}

/** The head of the document: which incident, how bad, when, and how far the document is. */
export function DocumentFacts({ document: { audience, incident, checks, postmortem }, isDraft }: DocumentFactsProps) {
  const { number, severity, status, startedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, lead } = incident;
  const { publishedAt, visibility, updatedAt, updatedBy } = postmortem;
  const after = (at: Date, since: Date, what: string) => {
    const seconds = Math.round((at.getTime() - since.getTime()) / 1000);
    return seconds === 0 ? "at once" : `${formatDuration(seconds)} after ${what}`;
  };
  const affected = checks.map(({ label, impact }) => `${label} (${IMPACT_LOOKS[impact].word.toLowerCase()})`);
  return (
    <section
      aria-label="Facts"
      className="rounded-lg border border-line bg-surface p-4 print:mb-6 print:rounded-none print:border-x-0 print:px-0"
    >
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
        <Fact name="Incident">
          {incidentName(number)}, {INCIDENT_SEVERITY_LOOKS[severity].word.toLowerCase()},{" "}
          {INCIDENT_STATUS_LOOKS[status].word.toLowerCase()}
        </Fact>
        <Moment name="Started" at={startedAt} />
        {audience === "public" ? null : (
          <Moment name="Detected" at={detectedAt} note={after(detectedAt, startedAt, "the start")} />
        )}
        <Moment
          name="Acknowledged"
          at={acknowledgedAt}
          note={acknowledgedAt && after(acknowledgedAt, detectedAt, "it was detected")}
        />
        <Moment name="Mitigated" at={mitigatedAt} note={mitigatedAt && after(mitigatedAt, startedAt, "the start")} />
        <Moment name="Resolved" at={resolvedAt} note={resolvedAt && after(resolvedAt, startedAt, "the start")} />
        {affected.length > 0 ? <Fact name="Affected">{affected.join(", ")}</Fact> : null}
        {lead === null ? null : <Fact name="Lead">{lead}</Fact>}
        <Fact name="Document">
          {isDraft ? (
            "a template with what is known: nobody wrote it yet"
          ) : (
            <>
              {publishedAt === null ? (
                "a draft"
              ) : (
                <>
                  published {visibility === "public" ? "to the public" : "in the house"}, <UtcTime at={publishedAt} />
                </>
              )}
              {updatedAt === null ? null : (
                <>
                  ; last change {updatedBy === null ? null : `by ${updatedBy}, `}
                  <UtcTime at={updatedAt} />
                </>
              )}
            </>
          )}
        </Fact>
      </dl>
    </section>
  );
}

function Moment({ name, at, note = null }: { name: string; at: Date | null; note?: string | null }) {
  if (at === null) return null;
  return (
    <Fact name={name}>
      <UtcTime at={at} />
      {note === null ? null : <span className="text-muted">, {note}</span>}
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
