import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { decideTransition } from "./decide-transition";
import type { Incident } from "./incident";

/** What a change of status makes of an incident's row. @throws Problem invalid, naming the field status */
export function applyTransition(
  incident: Incident,
  to: Incident["status"] | undefined,
  { now }: Pick<Context, "now">,
): { isChange: boolean; data: { status?: Incident["status"]; resolvedAt?: Date | null; mitigatedAt?: Date | null } } {
  if (to === undefined) return { isChange: false, data: {} };
  const transition = decideTransition(incident, to, now());
  if (!transition.isAllowed)
    throw new Problem("invalid", `status: ${transition.reason}`, [{ path: "status", message: transition.reason }]);
  return transition.isChange
    ? { isChange: true, data: { status: to, ...transition.times } }
    : { isChange: false, data: {} };
}
