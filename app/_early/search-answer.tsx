import type { ReactNode } from "react";

const EMPTY = { __html: "" };

/**
 * What a search answers. Before it the place where early-search.ts shows the answer to what was typed before the page's
 * code worked: React leaves its content alone, and the style sheet hides the page's own answer while there is another.
 */
export function SearchAnswer({ children }: { children: ReactNode }) {
  return (
    <>
      <div data-early-answer="" className="grid gap-4" suppressHydrationWarning dangerouslySetInnerHTML={EMPTY} />
      <div data-answer="" className="grid gap-4">
        {children}
      </div>
    </>
  );
}
