/** PostgreSQL's text holds every character but the null one, and no half of a surrogate pair. Pure. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Surrogate}/u.test(text);
}
