"use client";

import { ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { LogLines } from "@/app/_components/log-lines";
import type { LogLine } from "@/lib/logs/list-logs";

/**
 * Lines that follow the server's, the latest first. While somebody reads them (the pointer or the focus is among them, or
 * the beginning is out of sight) they stand still, and a button says how many have come.
 */
export function LogTail({ lines, around }: { lines: readonly LogLine[]; around?: Date | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<readonly LogLine[] | null>(null);
  const latest = useRef(lines);
  useEffect(() => {
    latest.current = lines;
  }, [lines]);

  const hold = () => setHeld((before) => before ?? latest.current);
  const release = () => {
    if (box.current && !isRead(box.current)) setHeld(null);
  };
  useEffect(() => {
    const scrolled = () => {
      if (box.current && isRead(box.current)) setHeld((before) => before ?? latest.current);
      else setHeld(null);
    };
    window.addEventListener("scroll", scrolled, { passive: true });
    return () => window.removeEventListener("scroll", scrolled);
  }, []);

  const shown = held ?? lines;
  const known = new Set(shown.map(({ id }) => id));
  const come = held ? lines.filter(({ id }) => !known.has(id)).length : 0;
  const showNew = () => {
    setHeld(lines);
    box.current?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div
      ref={box}
      onPointerEnter={hold}
      onFocus={hold}
      onPointerLeave={() => setTimeout(release)}
      onBlur={() => setTimeout(release)}
      className="relative rounded-lg border border-line bg-surface [&>ol]:border-t-0"
    >
      {come > 0 ? (
        <div className="sticky top-2 z-10 h-0 text-center">
          <Button small onClick={showNew} className="translate-y-1 shadow-sm">
            <ArrowUp aria-hidden size={14} />
            {come === lines.length ? `${come} or more` : come} new {come === 1 ? "line" : "lines"}
          </Button>
        </div>
      ) : null}
      <LogLines lines={shown} around={around} />
    </div>
  );
}

const isRead = (box: HTMLElement): boolean =>
  box.matches(":hover") || box.matches(":focus-within") || box.getBoundingClientRect().top < 0;
