import type { FieldIssue } from "@/lib/core/errors";

/**
 * Puts each issue at the input it is about: the one of its path, or the nearest above it ("config.headers.0.name" belongs to
 * the input "config.headers"), where the rest of the path says which of its lines is meant. Pure.
 * @param names the form's inputs
 * @returns the first issue of each input, and the sentences that belong to none
 */
export function placeIssues(issues: readonly FieldIssue[], names: ReadonlySet<string>) {
  const fieldErrors: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of issues) {
    const name = nearest(path, names);
    if (name === undefined) rest.push(path ? `${path}: ${message}` : message);
    else fieldErrors[name] ??= within(path.slice(name.length + 1)) + message;
  }
  return { fieldErrors, rest };
}

function nearest(path: string, names: ReadonlySet<string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const head = path.slice(0, end);
    if (names.has(head)) return head;
  }
  return undefined;
}

/** "headers.X-Token" → "X-Token: ", "matchers.1.value" → "line 2, value: "; nothing for the input itself. */
function within(rest: string): string {
  const places = rest.split(".").filter((place) => place !== "");
  const words = places.map((place) => (/^\d+$/.test(place) ? `line ${Number(place) + 1}` : place));
  return words.length > 0 ? `${words.join(", ")}: ` : "";
}
