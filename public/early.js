// What cannot wait for the page's own code, which comes later: the theme, and a search that is typed at once.
(() => {
  // Before the first paint, so that the page never flashes in the other theme.
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // No storage: the system's theme it is.
  }
})();

// A form marked data-early-search is answered from what it would send: its page is fetched and the part marked data-answer
// is shown in the place marked data-early-answer, which hides the page's own. app/_lists/early-answer.tsx ends it.
(() => {
  const PAUSE_MS = 60;
  let timer;
  let asked;

  async function answer(form) {
    asked = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    const response = await fetch(`${form.action}?${query}`, {
      signal: asked.signal,
      headers: { accept: "text/html" },
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("[data-answer]");
    const place = document.querySelector("[data-early-answer]");
    // A page without an answer is another one: the session has ended, or the server broke.
    if (found && place && place.dataset.earlyAnswer !== "over") place.replaceChildren(...found.childNodes);
  }

  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest("form[data-early-search]") : null;
    if (!form) return;
    clearTimeout(timer);
    asked?.abort();
    // What fails here is asked again by the page's own code, and by Enter.
    timer = setTimeout(() => answer(form).catch(() => undefined), PAUSE_MS);
  });
})();
