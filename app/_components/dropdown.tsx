"use client";

import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

interface DropdownProps {
  /** What stands on the button. */
  button: ReactNode;
  /** Names what opens, for screen readers. */
  label: string;
  look?: "secondary" | "ghost";
  /** Which side it is aligned to. */
  align?: "left" | "right";
  className?: string;
  /** Rendered while it is open. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a small box under it; Escape, a click elsewhere and leaving it by Tab close it. */
export function Dropdown({ button, label, look = "secondary", align = "left", className, children }: DropdownProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    document.getElementById(`${id}-button`)?.focus();
  };
  return (
    <div
      ref={box}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open || event.defaultPrevented) return;
        event.stopPropagation();
        close();
      }}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Button
        id={`${id}-button`}
        small
        look={look}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </Button>
      {open ? (
        <div
          id={id}
          role="group"
          aria-label={label}
          className={classNames(
            "appear absolute top-full z-20 mt-1 max-w-[calc(100vw-2rem)] rounded-lg border border-line-strong bg-surface",
            align === "right" ? "right-0" : "left-0",
            className,
          )}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
