import { Problem } from "@/lib/core/errors";

/** A query that cannot be answered as it was asked. */
export function invalid(path: string, message: string): Problem {
  return new Problem("invalid", `The query is not valid: ${path}: ${message}.`, [{ path, message }]);
}
