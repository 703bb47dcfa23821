import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/app/_components/class-names";

/** Of a cell that a phone has no room for. */
export const WIDE = "max-sm:hidden";

/** A bordered table that scrolls by itself where it is too wide for the screen. Columns without words are named for screen readers by the caller. */
export function Table({
  label,
  columns,
  children,
}: {
  label: string;
  /** `wide` ones are for wide screens: their cells have the class WIDE. */
  columns: readonly (string | { wide: string })[];
  children: ReactNode;
}) {
  return (
    // Relative, so that what is hidden inside for screen readers scrolls with it, and does not widen the page. In the tab
    // order, since a table without links could not be scrolled by keyboard.
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table aria-label={label} className="w-full text-left text-sm">
        <thead>
          <tr>
            {columns.map((column) => {
              const name = typeof column === "string" ? column : column.wide;
              return (
                <th
                  key={name}
                  scope="col"
                  className={classNames(
                    "px-4 py-2.5 text-xs font-medium whitespace-nowrap text-muted",
                    typeof column !== "string" && WIDE,
                  )}
                >
                  {name}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The link of a row: its area covers the whole row, which must be `relative`. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="font-medium text-ink after:absolute after:inset-0">
      {children}
    </Link>
  );
}
