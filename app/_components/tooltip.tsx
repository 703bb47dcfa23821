"use client";

import { useId, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";

interface TooltipProps {
  /** Shown on hover and focus. */
  content: ReactNode;
  /** False leaves the text out of the tab order, for lists where a link beside it says the same. */
  focusable?: boolean;
  className?: string;
  children: ReactNode;
}

/** A few words about some text, on hover and focus; Escape hides them. Drawn over the page, so no scrolling box clips it. */
export function Tooltip({ content, focusable = true, className, children }: TooltipProps) {
  const id = useId();
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null);
  const show = (element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    setPlace({ x: Math.min(Math.max(box.left + box.width / 2, 128), window.innerWidth - 128), y: box.top - 6 });
  };
  const hide = () => setPlace(null);
  return (
    <span
      className={className}
      tabIndex={focusable ? 0 : undefined}
      aria-describedby={place ? id : undefined}
      onPointerEnter={(event) => show(event.currentTarget)}
      onFocus={(event) => show(event.currentTarget)}
      onPointerLeave={hide}
      onBlur={hide}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      {children}
      {place
        ? createPortal(
            <span
              role="tooltip"
              id={id}
              style={{ left: place.x, top: place.y }}
              className="appear pointer-events-none fixed z-50 w-max max-w-64 -translate-x-1/2 -translate-y-full rounded-md bg-ink px-2.5 py-1.5 text-xs text-canvas"
            >
              {content}
            </span>,
            document.body,
          )
        : null}
    </span>
  );
}
