"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState, type MouseEvent } from "react";
import { Logo } from "./logo";
import { NavLinks } from "./nav-links";
import type { Attention } from "./navigation";

const show = (sheet: HTMLDialogElement | null) => {
  if (sheet && !sheet.open) sheet.showModal();
};
const closeSheet = (event: MouseEvent) => event.currentTarget.closest("dialog")?.close();

/** The rail on a narrow screen: a sheet from the left that closes when a page was chosen. It exists while it is open. */
export function NavSheet({ attention }: { attention: Attention }) {
  const path = usePathname();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  return (
    <div className="lg:hidden">
      <button
        type="button"
        aria-label="Open the menu"
        aria-haspopup="dialog"
        onClick={() => setOpenedAt(path)}
        className="grid size-9 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <Menu aria-hidden size={18} />
      </button>
      {openedAt === path ? (
        <dialog
          ref={show}
          aria-label="Menu"
          onClose={() => setOpenedAt(null)}
          onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
          className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line bg-surface p-0 text-ink backdrop:bg-ink/40 dark:backdrop:bg-canvas/80"
        >
          <div className="flex h-full flex-col p-3">
            <div className="mb-3 flex h-9 items-center gap-2.5 px-2.5 text-sm font-semibold">
              <Logo /> Watchkeeper
              <button
                type="button"
                aria-label="Close the menu"
                onClick={closeSheet}
                className="ml-auto grid size-8 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden size={18} />
              </button>
            </div>
            <nav aria-label="Main">
              <NavLinks attention={attention} />
            </nav>
          </div>
        </dialog>
      ) : null}
    </div>
  );
}
