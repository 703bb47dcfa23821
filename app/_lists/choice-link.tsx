import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/app/_components/class-names";

interface ChoiceLinkProps {
  /** The list's own path and query. */
  href: string;
  active: boolean;
  icon?: ReactNode;
  label: string;
  /** Left out where it says nothing. */
  count?: number | undefined;
  /** How far back that counts: "in 7 days"; left out where it counts all there are. */
  within?: string | undefined;
}

/** One choice of a list's filter, as a link with how many there are. */
export function ChoiceLink({ href, active, icon, label, count, within }: ChoiceLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={active ? "true" : undefined}
      className={classNames(
        "inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-xs font-medium transition-colors",
        active
          ? "border-ink bg-surface text-ink"
          : "border-line bg-surface text-muted hover:border-line-strong hover:text-ink",
      )}
    >
      {icon}
      {label}
      {count === undefined ? null : <span className="tabular-nums">{count.toLocaleString("en")}</span>}
      {within ? <span className="font-normal">{within}</span> : null}
    </Link>
  );
}
