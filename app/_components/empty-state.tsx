import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** What will be here, and how it comes. */
  children: ReactNode;
  /** The one button that gets it. */
  action?: ReactNode;
}

/** What a page or a list says while it has nothing to show. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-12 text-center">
      {Icon ? <Icon aria-hidden size={24} strokeWidth={1.75} className="mb-1 text-muted" /> : null}
      <p className="text-sm font-medium text-ink">{title}</p>
      <div className="max-w-md text-sm text-pretty text-muted">{children}</div>
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
