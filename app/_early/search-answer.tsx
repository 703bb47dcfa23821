import type { ReactNode } from "react";

/** Long words are cut, and do not widen the page. */
const GRID = "grid grid-cols-[minmax(0,1fr)] gap-4";
const EMPTY = { __html: "" };

/**
 * What a search answers. Before it the place where early-search.ts shows the answer to what was typed before the page's
 * code worked: React leaves its content alone, and the style sheet hides the page's own answer while there is another.
 */
export function SearchAnswer({ children }: { children: ReactNode }) {
  return (
    <>
      <div data-early-answer="" className={GRID} suppressHydrationWarning dangerouslySetInnerHTML={EMPTY} />
      <div data-answer="" className={GRID}>
        {children}
      </div>
    </>
  );
}
