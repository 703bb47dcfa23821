interface SearchHelpProps {
  /** In one line: what words are looked for in. */
  words: string;
  terms: readonly (readonly [example: string, finds: string])[];
}

/** What may be typed into a search, folded until somebody asks. */
export function SearchHelp({ words, terms }: SearchHelpProps) {
  return (
    <details className="text-xs text-muted">
      <summary className="w-fit cursor-pointer hover:text-ink">What can be searched</summary>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3 rounded-lg border border-line bg-surface p-4">
        <p>{words}</p>
        <dl className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-1.5 sm:grid-cols-[auto_minmax(0,1fr)]">
          {terms.map(([example, finds]) => (
            <div key={example} className="contents">
              <dt className="font-mono wrap-anywhere text-ink">{example}</dt>
              <dd className="max-sm:mb-1.5">{finds}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}
