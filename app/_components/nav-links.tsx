"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "./class-names";
import { type Attention, isWithin, NAVIGATION } from "./navigation";

/** The links of the rail, each with its count of what needs someone. Reads the address: put it under Suspense. */
export function NavLinks({ attention }: { attention?: Attention }) {
  return <NavList path={usePathname()} attention={attention} />;
}

/** The same links while the address is not known yet. */
export function NavList({ path, attention }: { path?: string; attention?: Attention }) {
  return (
    <ul className="grid gap-0.5">
      {NAVIGATION.map(({ label, href, icon: Icon, attention: name }) => {
        const active = path !== undefined && isWithin(path, href);
        const count = name && attention ? attention[name] : 0;
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={active ? "page" : undefined}
              className={classNames(
                "flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium transition-colors",
                active ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
              )}
            >
              <Icon aria-hidden size={16} strokeWidth={2} />
              {label}
              {count > 0 ? (
                <span className="ml-auto rounded-full bg-negative-soft px-1.5 text-xs font-medium text-negative">
                  {count}
                  <span className="sr-only"> need attention</span>
                </span>
              ) : null}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
