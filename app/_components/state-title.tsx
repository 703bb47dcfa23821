"use client";

import { useEffect } from "react";

interface StateTitleProps {
  /** Stands before the page's own title, e.g. "2 failing"; null when all is well. */
  prefix: string | null;
  icon: "/icon.svg" | "/icon-negative.svg" | "/icon-caution.svg" | "/icon-stale.svg";
}

/** Says the state in the tab: "2 failing · Checks · Watchkeeper", and an icon that differs in shape and colour. */
export function StateTitle({ prefix, icon }: StateTitleProps) {
  useEffect(() => {
    const write = () => {
      // What Next writes at a navigation comes without a prefix and gets it again.
      const plain = document.title.replace(/^(\d+ failing|\d+ degraded|Stale) · /, "");
      const wanted = prefix ? `${prefix} · ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
      for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"]'))
        if (link.getAttribute("href") !== icon) link.setAttribute("href", icon);
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [prefix, icon]);
  return null;
}
