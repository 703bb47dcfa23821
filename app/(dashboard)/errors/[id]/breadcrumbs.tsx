import { Card } from "@/app/_components/card";
import { numbered } from "@/app/_components/numbered";
import { ExactTime } from "@/app/_components/relative-time";
import type { Breadcrumb } from "@/lib/errors/event";

const TONES: Readonly<Record<string, string>> = {
  fatal: "text-negative",
  error: "text-negative",
  warning: "text-caution",
};

/** What happened before, the latest last: as it led to the error. */
export function Breadcrumbs({ breadcrumbs }: { breadcrumbs: readonly Breadcrumb[] }) {
  if (breadcrumbs.length === 0) return null;
  return (
    <Card title="Breadcrumbs" description="What happened before it, the latest last." flush>
      <ol
        aria-label="Breadcrumbs"
        tabIndex={0}
        className="max-h-96 divide-y divide-line overflow-y-auto border-t border-line"
      >
        {numbered(breadcrumbs).map(({ item: crumb, key }) => (
          <li
            key={key}
            className="grid grid-cols-[minmax(0,1fr)] gap-x-4 px-4 py-2 text-xs sm:grid-cols-[auto_8rem_minmax(0,1fr)]"
          >
            <span className="text-muted tabular-nums">
              {crumb.at === undefined ? "" : <ExactTime at={crumb.at} focusable={false} />}
            </span>
            <span className="wrap-anywhere text-muted">
              {crumb.category ?? crumb.type ?? ""}
              {crumb.level && crumb.level !== "info" ? (
                <span className={TONES[crumb.level]}> {crumb.level}</span>
              ) : null}
            </span>
            <span className="min-w-0 wrap-anywhere whitespace-pre-wrap text-ink">
              {crumb.message}
              {crumb.data ? (
                <code className="block font-mono wrap-anywhere text-muted">{JSON.stringify(crumb.data)}</code>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
