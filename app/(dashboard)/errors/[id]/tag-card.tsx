import Link from "next/link";
import { Card } from "@/app/_components/card";
import type { TagCounts } from "@/lib/errors/groups/get-group";
import { tagAddress } from "../address";

const MAX_VALUES = 3;

/** Of each tag the most frequent values, with their share. */
export function TagCard({ tags }: { tags: readonly TagCounts[] }) {
  if (tags.length === 0) return null;
  return (
    <Card title="Tags">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {tags.map(({ key, total, values }) => (
          <div key={key}>
            <h3 className="text-xs font-medium text-muted">{key}</h3>
            <ul className="mt-1 grid grid-cols-[minmax(0,1fr)] gap-1.5">
              {values.slice(0, MAX_VALUES).map(({ value, count }) => (
                <li key={value} className="text-xs">
                  <span className="flex justify-between gap-3">
                    <Link
                      href={tagAddress(key, value)}
                      prefetch={false}
                      className="min-w-0 truncate text-ink hover:underline"
                    >
                      {value}
                    </Link>
                    <span className="text-muted tabular-nums">{Math.round((100 * count) / total)} %</span>
                  </span>
                </li>
              ))}
              {values.length > MAX_VALUES ? (
                <li className="text-xs text-muted">and {values.length - MAX_VALUES} more</li>
              ) : null}
            </ul>
          </div>
        ))}
      </div>
    </Card>
  );
}
