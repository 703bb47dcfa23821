import { CircleCheck, CircleX, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { TONE_SURFACE, type Tone } from "./state";

const ICONS: Record<Tone, LucideIcon> = {
  positive: CircleCheck,
  caution: TriangleAlert,
  negative: CircleX,
  info: Info,
  neutral: Info,
};

interface BannerProps {
  tone: Tone;
  children: ReactNode;
  /** A button or a link at the right. */
  action?: ReactNode;
  /** Read out at once when it appears; polite otherwise. */
  urgent?: boolean;
}

/** A message across the page: what happened and what to do. */
export function Banner({ tone, children, action, urgent = false }: BannerProps) {
  const Icon = ICONS[tone];
  return (
    <div
      role={urgent ? "alert" : "status"}
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-4 py-3 text-sm",
        TONE_SURFACE[tone],
      )}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      <div className="min-w-0 flex-1 basis-56 text-ink">{children}</div>
      {action}
    </div>
  );
}
