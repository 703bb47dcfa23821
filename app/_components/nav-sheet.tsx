"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useRef, type ReactNode } from "react";
import { Logo } from "./logo";

/** The rail on a narrow screen: a sheet from the left that closes when a page was chosen. */
export function NavSheet({ children }: { children: ReactNode }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const path = usePathname();
  return (
    <div className="lg:hidden">
      <button
        type="button"
        aria-label="Open the menu"
        onClick={() => sheet.current?.showModal()}
        className="grid size-9 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <Menu aria-hidden size={18} />
      </button>
      {/* A new one after each navigation: it is closed. */}
      <dialog
        key={path}
        ref={sheet}
        aria-label="Menu"
        onClick={(event) => event.target === event.currentTarget && sheet.current?.close()}
        className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line bg-surface p-0 text-ink backdrop:bg-ink/40 dark:backdrop:bg-canvas/80"
      >
        <div className="flex h-full flex-col p-3">
          <div className="mb-3 flex h-9 items-center gap-2.5 px-2.5 text-sm font-semibold">
            <Logo /> Watchkeeper
            <button
              type="button"
              aria-label="Close the menu"
              onClick={() => sheet.current?.close()}
              className="ml-auto grid size-8 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden size={18} />
            </button>
          </div>
          <nav aria-label="Main">{children}</nav>
        </div>
      </dialog>
    </div>
  );
}
