import Link from "next/link";
import { Card } from "@/app/_components/card";
import { formatPercent } from "@/lib/core/format";
import type { Cause } from "@/lib/incidents/causes/cause";

/** What may have caused it, the likeliest first, each with why. Nothing while nothing is known. */
export function CausesCard({ causes }: { causes: readonly Cause[] }) {
  if (causes.length === 0) return null;
  return (
    <Card title="Likely causes" description="What the data point to; a person decides." flush>
      <ol className="divide-y divide-line border-t border-line">
        {causes.map(({ kind, title, reason, score, link }) => (
          <li key={`${kind} ${title}`} className="grid grid-cols-[minmax(0,1fr)] gap-0.5 px-4 py-2.5">
            <span className="flex items-baseline gap-3">
              <span className="min-w-0 flex-1 text-sm font-medium break-words text-ink">
                {link ? (
                  <Link href={link} prefetch={false} className="text-accent underline underline-offset-2">
                    {title}
                  </Link>
                ) : (
                  title
                )}
              </span>
              <span className="shrink-0 text-xs text-muted">
                <span className="sr-only">How likely: </span>
                {formatPercent(Math.round(score * 100))}
              </span>
            </span>
            <span className="text-xs break-words text-muted">{reason}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
