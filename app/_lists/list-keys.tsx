"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Keys of a list whose rows' links carry `data-row`: j and k move, Enter opens (the link's own), e edits, / searches. */
export function ListKeys({ mayEdit }: { mayEdit: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const rows = [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")].filter(
        (row) => row.offsetParent !== null,
      );
      const at = rows.findIndex((row) => row === document.activeElement);
      if (event.key === "j") rows[Math.min(at + 1, rows.length - 1)]?.focus();
      else if (event.key === "k") rows[Math.max(at - 1, 0)]?.focus();
      else if (event.key === "e" && mayEdit && at >= 0) router.push(`${rows[at]?.pathname ?? ""}/edit`);
      else if (event.key === "/") document.querySelector<HTMLInputElement>("[data-list-search]")?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [router, mayEdit]);
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
