"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { MouseEvent } from "react";
import { classNames } from "./class-names";
import { RANGES, rangeOf } from "./ranges";

/** The time range of the page as links that keep the rest of the address. */
export function RangePicker() {
  const path = usePathname();
  const query = useSearchParams();
  const addressOf = (name: string) => {
    const next = new URLSearchParams(query);
    next.set("range", name);
    return `${path}?${next}`;
  };
  return (
    <RangeLinks names={Object.keys(RANGES)} current={rangeOf(query.get("range") ?? undefined)} addressOf={addressOf} />
  );
}

interface RangeLinksProps {
  names: readonly string[];
  /** undefined: none of them, a part of the past. */
  current: string | undefined;
  addressOf: (name: string) => string;
  /** Where the page changes its address by itself. */
  onGo?: (address: string) => void;
}

/** The links themselves. */
export function RangeLinks({ names, current, addressOf, onGo }: RangeLinksProps) {
  const go = (event: MouseEvent, address: string) => {
    // A new tab or window is the browser's.
    if (!onGo || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(address);
  };
  return (
    <nav aria-label="Time range" className="inline-flex rounded-md border border-line bg-surface p-0.5">
      {names.map((name) => (
        <Link
          key={name}
          href={addressOf(name)}
          scroll={false}
          prefetch={false}
          onClick={(event) => go(event, addressOf(name))}
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
