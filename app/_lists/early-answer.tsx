import type { ReactNode } from "react";

/**
 * What a search answers. Beside it the place where public/early.js shows the answer to what was typed before this page's
 * code came: React leaves its content alone, and the style sheet hides the page's own answer while there is another.
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

const EMPTY = { __html: "" };

/** From here on the page's own code answers: what is typed next, not what is on the way. */
export function stopEarlySearch(form: HTMLFormElement | null): void {
  delete form?.dataset["earlySearch"];
}

/** The page's own answer is there: the early one goes, and the focus that it may have had moves to the same link. */
export function endEarlyAnswer(): void {
  const place = document.querySelector<HTMLElement>("[data-early-answer]");
  if (!place) return;
  place.dataset["earlyAnswer"] = "over";
  const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  place.replaceChildren();
  if (!focused) return;
  document.querySelector<HTMLAnchorElement>(`[data-answer] a[href="${CSS.escape(focused)}"]`)?.focus();
}
