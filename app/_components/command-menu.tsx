"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

/** Loaded when it is first opened. */
const CommandDialog = dynamic(() => import("./command-dialog").then((module) => module.CommandDialog), { ssr: false });

/** Search over pages, checks and actions, by its button or by Ctrl/⌘ K. */
export function CommandMenu({ mayEdit, mayDeclare }: { mayEdit: boolean; mayDeclare: boolean }) {
  const [state, setState] = useState<"never" | "open" | "closed">("never");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setState((before) => (before === "open" ? "closed" : "open"));
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setState("open")}
        className="flex h-9 cursor-pointer items-center gap-2 rounded-md px-2.5 text-sm text-muted hover:bg-sunken hover:text-ink sm:border sm:border-line sm:bg-surface sm:pr-1.5"
      >
        <Search aria-hidden size={16} />
        <span className="sr-only sm:not-sr-only sm:pr-6">Search</span>
        <kbd aria-hidden className="hidden rounded-sm border border-line px-1.5 font-sans text-xs sm:inline">
          Ctrl K
        </kbd>
      </button>
      {state === "never" ? null : (
        <CommandDialog
          open={state === "open"}
          onOpenChange={(open) => setState(open ? "open" : "closed")}
          mayEdit={mayEdit}
          mayDeclare={mayDeclare}
        />
      )}
    </>
  );
}
