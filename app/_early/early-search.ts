/**
 * Answers a search that is typed before the page's own code works. A form marked data-early-search is answered from what
 * it would send: that page is fetched, and its part marked data-answer is shown in the place marked data-early-answer,
 * which hides the page's own. search-answer.tsx has both, and ends it. Its text is written into the page (see
 * early-script.tsx): it may use nothing from outside of itself.
 */
export function earlySearch(): void {
  const PAUSE_MS = 120;
  let typedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: AbortController | undefined;

  async function answer(form: HTMLFormElement): Promise<void> {
    asked = new AbortController();
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form))
      if (typeof value === "string") address.searchParams.set(name, value);
    const response = await fetch(address, { signal: asked.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("[data-answer]");
    const place = document.querySelector<HTMLElement>("[data-early-answer]");
    // A page without an answer is another one: the session has ended, or the server broke.
    if (found && place && place.dataset["earlyAnswer"] !== "over") place.replaceChildren(...found.childNodes);
  }
  // What fails is asked again by the page's own code, and by Enter.
  const ask = (form: HTMLFormElement) => void answer(form).catch(() => undefined);

  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-early-search]") : null;
    if (!form) return;
    const pausing = performance.now() - typedAt < PAUSE_MS;
    typedAt = performance.now();
    clearTimeout(timer);
    asked?.abort();
    // The first letter at once, those that follow quickly when they pause.
    if (pausing) timer = setTimeout(() => ask(form), PAUSE_MS);
    else ask(form);
  });
}
