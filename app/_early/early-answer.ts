/** Does early-search.ts still answer what is typed into a form? */
export function isAnsweredEarly(form: HTMLFormElement | null): boolean {
  return form !== null && form.dataset["earlySearch"] !== undefined;
}

/** From here on the page's own code answers what is typed. An early answer stands until endEarlyAnswer. */
export function stopEarlySearch(form: HTMLFormElement): void {
  delete form.dataset["earlySearch"];
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

/** Calls when the browser has nothing better to do, at the latest after a second. @returns stops the wait */
export function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(call, 200);
    return () => clearTimeout(timer);
  }
  const wait = requestIdleCallback(call, { timeout: 1_000 });
  return () => cancelIdleCallback(wait);
}
