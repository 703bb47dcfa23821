import { Problem } from "@/lib/core/errors";

/** @throws Problem invalid, at the field "confirm", unless the name of what is to be lost was typed */
export function confirmName(typed: string | undefined, name: string): void {
  if (typed?.trim() === name) return;
  throw new Problem("invalid", "The name does not match.", [
    { path: "confirm", message: `Type “${name}” to confirm.` },
  ]);
}
