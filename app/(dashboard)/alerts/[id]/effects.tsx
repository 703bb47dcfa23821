import Link from "next/link";
import { Card } from "@/app/_components/card";
import { AlertStateBadge } from "@/app/_components/severity-badge";
import type { Alert } from "@/lib/alerting/alert";

/** What fails because of this. */
export function Effects({ effects }: { effects: readonly Alert[] }) {
  if (effects.length === 0) return null;
  const isOne = effects.length === 1;
  const title = isOne ? "One check fails because of this" : `${effects.length} checks fail because of this`;
  const description = isOne ? "It depends on it" : "They depend on it";
  return (
    <Card title={title} description={`${description}: nobody is told besides.`} flush>
      <ul className="divide-y divide-line border-t border-line">
        {effects.map(({ id, subject, summary, shown }) => (
          <li key={id} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-sunken">
            <span className="min-w-0 flex-1">
              <Link
                href={`/alerts/${id}`}
                prefetch={false}
                className="block truncate text-sm font-medium text-ink after:absolute after:inset-0"
              >
                {subject}
              </Link>
              <span className="block truncate text-xs text-muted">{summary}</span>
            </span>
            <AlertStateBadge state={shown} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
