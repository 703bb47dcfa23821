/** "2026-05-01T22:30" by the clocks of a time zone, as an input of the kind datetime-local has it. Pure. */
export function toLocalInput(at: Date | null, timeZone: string): string {
  if (!at) return "";
  const options = { dateStyle: "short", timeStyle: "short", timeZone } as const;
  return new Intl.DateTimeFormat("sv-SE", options).format(at).replace(" ", "T");
}
