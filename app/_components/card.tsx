import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface CardProps {
  /** Makes the card a titled section. */
  title?: string;
  /** A line under the title. */
  description?: ReactNode;
  /** Stands at the right of the title: a link, a button, a number. */
  aside?: ReactNode;
  /** No padding around the content, for tables and lists that reach the border. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A bordered surface; with a title it is a section whose heading is an h2. */
export function Card({ title, description, aside, flush = false, className, children }: CardProps) {
  const Element = title ? "section" : "div";
  return (
    <Element className={classNames("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title ? (
        <header className="flex items-start justify-between gap-4 px-4 pt-4">
          <div className="min-w-0">
            <h2 className="text-sm font-semibold text-ink">{title}</h2>
            {description ? <p className="mt-0.5 text-xs text-muted">{description}</p> : null}
          </div>
          {aside ? <div className="shrink-0 text-xs text-muted">{aside}</div> : null}
        </header>
      ) : null}
      <div className={flush ? (title ? "pt-3" : undefined) : "p-4"}>{children}</div>
    </Element>
  );
}
