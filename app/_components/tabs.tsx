import Link from "next/link";
import { classNames } from "./class-names";

interface Tab {
  label: string;
  href: string;
  count?: number;
}

/** Tabs that are links: the one shown is in the address, so back works. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav aria-label={label} className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map((tab) => {
        const active = tab.href === current;
        return (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={active ? "page" : undefined}
            className={classNames(
              "-mb-px border-b-2 px-2 py-2 text-xs font-medium whitespace-nowrap sm:px-3 sm:text-sm",
              active ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="ml-1.5 text-xs text-muted tabular-nums">{tab.count}</span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
