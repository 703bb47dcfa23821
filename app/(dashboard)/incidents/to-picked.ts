import type { PickedCheck } from "@/app/_forms/check-picker";
import type { AffectedCheck } from "@/lib/incidents/get-incident";

/** Affected checks as a form changes them: those that were deleted stay as they are, and are not among them. Pure. */
export const toPicked = (checks: readonly AffectedCheck[]): PickedCheck[] =>
  checks.flatMap(({ checkId, label, impact }) => (checkId === null ? [] : [{ checkId, label, impact }]));
