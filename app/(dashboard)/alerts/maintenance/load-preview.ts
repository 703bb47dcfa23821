/** When the window in a form would be open next, or why nobody can say. */
export interface WindowPreview {
  /** undefined until its times are complete. */
  lines: readonly string[] | undefined;
  /** What is wrong with what was typed. */
  problems: readonly string[];
}

/** The fields that say when, by their labels. */
export const TIME_FIELDS = {
  recurrence: "When",
  startsAt: "From",
  endsAt: "Until",
  weekdays: "Days",
  startTime: "Begins at",
  cron: "Cron line",
  durationMinutes: "Minutes",
  timezone: "Time zone",
} as const;
const LABELS: ReadonlyMap<string, string> = new Map(Object.entries(TIME_FIELDS));

/** Asks the server when the window in a form would be open next. @throws when it can't be reached */
export async function loadPreview(form: FormData, signal: AbortSignal): Promise<WindowPreview> {
  const query = new URLSearchParams();
  for (const [name, value] of form) if (LABELS.has(name) && typeof value === "string") query.append(name, value);
  const response = await fetch(`/alerts/maintenance/preview?${query}`, {
    signal,
    headers: { accept: "application/json" },
  });
  if (response.redirected || response.status === 401)
    return { lines: undefined, problems: ["You are not signed in any more: sign in again in another tab."] };
  return readAnswer(await response.json());
}

/** What our own server wrote: looked at closely enough to tell it from another page or an error. Pure. */
export function readAnswer(answer: unknown): WindowPreview {
  if (typeof answer !== "object" || answer === null) return { lines: undefined, problems: [] };
  if ("lines" in answer && Array.isArray(answer.lines)) return { lines: answer.lines.map(String), problems: [] };
  const issues: readonly unknown[] = "issues" in answer && Array.isArray(answer.issues) ? answer.issues : [];
  return { lines: undefined, problems: issues.flatMap(problemOf) };
}

/** What is still empty is no problem while one types. */
function problemOf(issue: unknown): string[] {
  if (typeof issue !== "object" || issue === null || !("path" in issue) || !("message" in issue)) return [];
  const { path, message } = issue;
  if (typeof path !== "string" || typeof message !== "string" || message === "is required") return [];
  return [`${LABELS.get(path) ?? path}: ${message}.`];
}
