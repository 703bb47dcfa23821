import type { Severity } from "@/lib/alerting/severity";
import type { Tone } from "./state";

/** How urgent an alert is: one word and one tone for each; its icon stands in severity-badge.tsx. */
export const SEVERITY_LOOKS: Record<Severity, { word: string; tone: Tone }> = {
  critical: { word: "Critical", tone: "negative" },
  warning: { word: "Warning", tone: "caution" },
  info: { word: "Info", tone: "info" },
};

/** What the list says of an alert. */
export type ShownState = "firing" | "pending" | "suppressed" | "resolved";

export const ALERT_LOOKS: Record<ShownState, { word: string; tone: Tone }> = {
  firing: { word: "Firing", tone: "negative" },
  suppressed: { word: "Suppressed", tone: "neutral" },
  pending: { word: "Pending", tone: "neutral" },
  resolved: { word: "Resolved", tone: "positive" },
};
