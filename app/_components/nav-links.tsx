"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { classNames } from "./class-names";
import { type Attention, currentItem, NAVIGATION } from "./navigation";

/** The links of the rail, each with its count of what needs someone. */
export function NavLinks({ attention }: { attention: Attention }) {
  const current = currentItem(usePathname());
  return (
    <ul className="grid gap-0.5">
      {NAVIGATION.map((item) => (
        <li key={item.href}>
          <NavLink item={item} active={item === current} count={item.attention ? attention[item.attention] : 0} />
        </li>
      ))}
    </ul>
  );
}

function NavLink({ item, active, count }: { item: (typeof NAVIGATION)[number]; active: boolean; count: number }) {
  // Fetched ahead when the pointer or the focus comes near: the page that is loading now has the line to itself.
  const [near, setNear] = useState(false);
  const { label, href, icon: Icon } = item;
  return (
    <Link
      href={href}
      prefetch={near ? null : false}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      aria-current={active ? "page" : undefined}
      className={classNames(
        "flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium transition-colors",
        active ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={2} />
      <Label>{label}</Label>
      {count > 0 ? (
        <span className="ml-auto rounded-full bg-negative-soft px-1.5 text-xs font-medium text-negative">
          {count}
          <span className="sr-only"> need attention</span>
        </span>
      ) : null}
    </Link>
  );
}

/** Breathes while its page is on the way. */
function Label({ children }: { children: string }) {
  const { pending } = useLinkStatus();
  return <span className={pending ? "breathing" : undefined}>{children}</span>;
}
