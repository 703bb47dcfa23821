import { Problem } from "@/lib/core/errors";
import { linesOf, numberOf } from "./form-lines";
import { momentOf } from "./form-moment";
import type { FormValues } from "./form-state";

/** What an incident's forms hold, as the verbs take it: what is wrong is left to their own messages. */

/** Lines of a CheckPicker: `<id> <impact> <label>`. Pure. */
export function readAffected(text: string | undefined) {
  return linesOf(text).map((line) => {
    const [checkId, impact] = line.split(" ");
    return { checkId, impact };
  });
}

/** Pure. @throws Problem invalid for a start that is no time */
export function readDeclaration(values: FormValues) {
  const { title, severity, description, visibility, leadId, alertId } = values;
  return {
    title,
    severity,
    description,
    visibility,
    leadId: leadId || null,
    alertId: alertId || undefined,
    checks: readAffected(values["checks"]),
    startedAt: momentOf(values, "startedAt") ?? undefined,
  };
}

/**
 * What was changed in the edit form. A field that is as it was when the form was opened is left out: what somebody else made
 * of it meanwhile stays. Pure. @throws Problem invalid for what is no time
 */
export function readChange(values: FormValues) {
  const changed = (name: string) => (values[name] === values[`was.${name}`] ? undefined : values[name]);
  const lead = changed("leadId");
  return {
    title: changed("title"),
    severity: changed("severity"),
    visibility: changed("visibility"),
    description: changed("description"),
    leadId: lead === undefined ? undefined : lead || null,
    startedAt: required(values, "startedAt"),
    detectedAt: required(values, "detectedAt"),
    acknowledgedAt: changedMoment(values, "acknowledgedAt"),
    version: numberOf(values["version"]),
  };
}

function changedMoment(values: FormValues, name: string): Date | null | undefined {
  const at = momentOf(values, name);
  return at !== undefined && (at?.toISOString() ?? "") === values[`was.${name}`] ? undefined : at;
}

function required(values: FormValues, name: string): Date | undefined {
  const at = changedMoment(values, name);
  if (at === null) throw new Problem("invalid", `${name} is required`, [{ path: name, message: "is required" }]);
  return at;
}
