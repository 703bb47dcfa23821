"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { classNames } from "./class-names";
import { RANGES, rangeOf } from "./ranges";

/** The time range of the page as links that keep the rest of the address. */
export function RangePicker() {
  const path = usePathname();
  const query = useSearchParams();
  const current = rangeOf(query.get("range") ?? undefined);
  const addressOf = (name: string) => {
    const next = new URLSearchParams(query);
    next.set("range", name);
    return `${path}?${next}`;
  };
  return (
    <nav aria-label="Time range" className="inline-flex rounded-md border border-line bg-surface p-0.5">
      {Object.keys(RANGES).map((name) => (
        <Link
          key={name}
          href={addressOf(name)}
          scroll={false}
          prefetch={false}
          aria-current={name === current ? "true" : undefined}
          className={classNames(
            "rounded-sm px-2.5 py-1 text-xs font-medium",
            name === current ? "bg-sunken text-ink" : "text-muted hover:text-ink",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
