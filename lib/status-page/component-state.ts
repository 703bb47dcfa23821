import type { DisplayedState } from "@/lib/checks/displayed-state";
import type { IncidentImpact } from "@/lib/db/generated/enums";
import { type State, worstState } from "./status";

/** A check of a component as it is now. */
export interface CheckNow {
  state: DisplayedState;
  /** The maintenance that covers it: announced on the page, or only known inside. */
  maintenance: "announced" | "unannounced" | null;
}

export interface StateDecision {
  state: State;
  /** For the page and the JSON: says nothing of which checks there are. */
  reason: string;
}

const REASONS: Record<State, string> = {
  operational: "Everything passes.",
  maintenance: "Planned work is under way.",
  unknown: "There is no recent measurement.",
  degraded: "It works, and not as well as it should.",
  partial: "Some of it fails.",
  major: "It fails.",
};

/**
 * What a component's state is: the worst of its checks and of what public incidents say of them. Pure.
 *
 * - All checks fail: a major outage; some: a partial one. A warning is degraded performance.
 * - A check that nobody has looked at for a while is unknown: a component is never operational by what was true once.
 * - Announced maintenance says so in any case. An unannounced one only explains a failure: it makes no outage of it, and is
 *   not mentioned while all is well.
 * - Paused checks say nothing. Where no check is left the state is unknown.
 */
export function decideComponentState(
  checks: readonly CheckNow[],
  incidentImpacts: readonly IncidentImpact[],
): StateDecision {
  const words = checks.filter(({ state }) => state !== "paused").map(wordOf);
  const failing = words.filter((word) => word === "major").length;
  const outage = failing === words.length ? "major" : "partial";
  const measured: State =
    words.length === 0
      ? "unknown"
      : failing > 0
        ? worstState([outage, ...words.filter(isNoOutage)])
        : worstState(words);
  const said = worstState(incidentImpacts);
  const state = worstState([measured, said]);
  const isSaid = incidentImpacts.length > 0 && state === said && state !== measured;
  if (isSaid) return { state, reason: "An incident is being worked on." };
  return { state, reason: words.length === 0 ? "It is not measured now." : REASONS[state] };
}

const isNoOutage = (state: State): boolean => state !== "major";

function wordOf({ state, maintenance }: CheckNow): State {
  if (maintenance === "announced") return "maintenance";
  switch (state) {
    case "maintenance":
      return "maintenance";
    case "ok":
      return "operational";
    case "warning":
      return maintenance ? "maintenance" : "degraded";
    case "failed":
    case "crashed":
      return maintenance ? "maintenance" : "major";
    case "stale":
    case "unknown":
    case "paused":
      return "unknown";
  }
}
