import type { Incident } from "./incident";

type Status = Incident["status"];

/** Where an incident may go from where it is. A resolved one is reopened, which begins the search anew. */
const NEXT: Record<Status, readonly Status[]> = {
  investigating: ["identified", "monitoring", "resolved"],
  identified: ["investigating", "monitoring", "resolved"],
  monitoring: ["investigating", "identified", "resolved"],
  resolved: ["investigating"],
};

/** The statuses that can follow this one. */
export const nextStatuses = (from: Status): readonly Status[] => NEXT[from];

export type Transition =
  | {
      isAllowed: true;
      isChange: boolean;
      /** What the incident's times become; a time that stays is left out. */
      times: { resolvedAt?: Date | null; mitigatedAt?: Date | null };
    }
  | { isAllowed: false; reason: string };

/**
 * May an incident go from its status to another, and what becomes of its times? resolvedAt and mitigatedAt follow from this
 * alone: the harm is over from the first monitoring (or the end) on, and is back when the search goes on. Pure.
 */
export function decideTransition(
  { status, mitigatedAt }: Pick<Incident, "status" | "mitigatedAt">,
  to: Status,
  now: Date,
): Transition {
  if (to === status) return { isAllowed: true, isChange: false, times: {} };
  if (!NEXT[status].includes(to)) {
    const reason =
      status === "resolved"
        ? `It is resolved: reopen it (as investigating) before it becomes ${to}.`
        : `It can't go from ${status} to ${to}.`;
    return { isAllowed: false, reason };
  }
  const mitigated = to === "monitoring" || to === "resolved" ? (mitigatedAt ?? now) : null;
  return {
    isAllowed: true,
    isChange: true,
    times: {
      ...(status === "resolved" || to === "resolved" ? { resolvedAt: to === "resolved" ? now : null } : {}),
      ...(mitigated === mitigatedAt ? {} : { mitigatedAt: mitigated }),
    },
  };
}
