import type { IncidentSeverity } from "@/lib/db/generated/enums";
import { type State, worstState } from "./status";

const OF_SEVERITY: Record<IncidentSeverity, State> = {
  low: "degraded",
  medium: "degraded",
  high: "partial",
  critical: "major",
};

/**
 * How everything is, in a word and a sentence. Components carry the incidents that name them; an open incident that names
 * none counts by its severity. Only when every component is out is it a major outage of all. Pure.
 * @param components their states; none where none were set up: then incidents alone speak
 * @param unplacedSeverities of open public incidents that affect no component of the page
 */
export function decideOverall(
  components: readonly State[],
  unplacedSeverities: readonly IncidentSeverity[],
  isWorkerSilent: boolean,
): { state: State; headline: string } {
  const incidents = worstState(unplacedSeverities.map((severity) => OF_SEVERITY[severity]));
  if (components.length === 0) {
    const state = worstState([incidents, isWorkerSilent ? "unknown" : "operational"]);
    return { state, headline: state === "operational" ? "No known incidents" : HEADLINES[state] };
  }
  const outOfAll = components.every((state) => state === "major");
  const worst = worstState(components);
  const measured = worst === "major" && !outOfAll ? "partial" : worst;
  const state = worstState([measured, incidents]);
  if (state === "unknown" && components.some((one) => one === "operational"))
    return { state, headline: "Some states are unknown" };
  return { state, headline: HEADLINES[state] };
}

const HEADLINES: Record<State, string> = {
  operational: "All systems operational",
  maintenance: "Under maintenance",
  unknown: "The present state is unknown",
  degraded: "Degraded performance",
  partial: "Partial outage",
  major: "Major outage",
};
