/**
 * Puts the chosen theme on the page before its first paint, so that it never flashes in the other one. Its text is
 * written into the page (see early-script.tsx): it may use nothing from outside of itself.
 */
export function earlyTheme(): void {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
  } catch {
    // No storage: the system's theme it is.
  }
}
