import { Problem } from "@/lib/core/errors";
import { isStorable } from "@/lib/core/storable";
import type { FormValues } from "./form-state";

const MESSAGE = "holds a character that can't be stored (a null character, or half of a pair): take it out";

/** @throws Problem invalid, at each field with a text that PostgreSQL can't hold */
export function assertStorable(values: FormValues): void {
  const issues = Object.entries(values).flatMap(([name, text]) =>
    isStorable(name) && isStorable(text) ? [] : [{ path: isStorable(name) ? name : "", message: MESSAGE }],
  );
  if (issues.length > 0) throw new Problem("invalid", `The form ${MESSAGE}.`, issues);
}
