import { z } from "zod";
import { Problem } from "./errors";

const uuid = z.uuid();

/**
 * An id that came from outside. A text that is no UUID names nothing, so it answers like an unknown one.
 * @param what in the message, e.g. "user"
 * @throws Problem not-found
 */
export function parseId(id: unknown, what: string): string {
  const parsed = uuid.safeParse(id);
  if (parsed.success) return parsed.data.toLowerCase();
  throw notFound(what);
}

export function notFound(what: string): Problem {
  return new Problem("not-found", `There is no such ${what}.`);
}
