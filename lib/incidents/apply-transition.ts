import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { decideTransition } from "./decide-transition";
import type { Incident } from "./incident";

interface TransitionData {
  status?: Incident["status"];
  resolvedAt?: Date | null;
  mitigatedAt?: Date | null;
  mergedIntoId?: null;
}

/** What a change of status makes of an incident's row. @throws Problem invalid, naming the field status */
export function applyTransition(
  incident: Incident,
  to: Incident["status"] | undefined,
  { now }: Pick<Context, "now">,
): { isChange: boolean; data: TransitionData } {
  if (to === undefined) return { isChange: false, data: {} };
  const transition = decideTransition(incident, to, now());
  if (!transition.isAllowed)
    throw new Problem("invalid", `status: ${transition.reason}`, [{ path: "status", message: transition.reason }]);
  return transition.isChange
    ? {
        isChange: true,
        // Reopened, it goes on by itself.
        data: { status: to, ...transition.times, ...(incident.status === "resolved" && { mergedIntoId: null }) },
      }
    : { isChange: false, data: {} };
}
