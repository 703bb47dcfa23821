import type { ReactNode } from "react";

interface PageHeaderProps {
  /** The page's h1. */
  title: ReactNode;
  /** One line under it. */
  description?: ReactNode;
  /** Buttons at the right; below the title on a phone. */
  actions?: ReactNode;
  /** Stands above the title: a link back. */
  above?: ReactNode;
}

/** The head of a page. */
export function PageHeader({ title, description, actions, above }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {above ? <div className="mb-2 text-xs text-muted">{above}</div> : null}
        <h1 className="text-xl font-semibold tracking-tight text-balance break-words text-ink">{title}</h1>
        {description ? <p className="mt-1 text-sm text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
