import { describeFacts } from "./facts";

/** What a check measured, or how it is set, as names and values. */
export function FactList({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
      {describeFacts(facts).map(({ name, text }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-words text-ink">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
