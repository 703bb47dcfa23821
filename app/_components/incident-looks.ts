import type { Tone } from "./state";

/** How bad an incident is: a word, a tone, and what it means to whoever has to choose; its icon stands in incident-badge.tsx. */
export const INCIDENT_SEVERITY_LOOKS = {
  critical: { word: "Critical", tone: "negative", meaning: "The product is down, or data is at risk. Wake everybody." },
  high: { word: "High", tone: "negative", meaning: "An important part fails for many. Somebody works on it now." },
  medium: { word: "Medium", tone: "caution", meaning: "It is slow or fails for some; there is a way around it." },
  low: { word: "Low", tone: "neutral", meaning: "Hardly anybody notices. Worth following up in working hours." },
} as const satisfies Record<string, { word: string; tone: Tone; meaning: string }>;
export type IncidentSeverity = keyof typeof INCIDENT_SEVERITY_LOOKS;

/** Where an incident is. */
export const INCIDENT_STATUS_LOOKS = {
  investigating: { word: "Investigating", tone: "negative" },
  identified: { word: "Identified", tone: "caution" },
  monitoring: { word: "Monitoring", tone: "info" },
  resolved: { word: "Resolved", tone: "positive" },
} as const satisfies Record<string, { word: string; tone: Tone }>;
export type IncidentStatus = keyof typeof INCIDENT_STATUS_LOOKS;

/** What an incident does to a check. */
export const IMPACT_LOOKS = {
  degraded: { word: "Degraded", tone: "caution" },
  partial: { word: "Partial outage", tone: "caution" },
  major: { word: "Major outage", tone: "negative" },
} as const satisfies Record<string, { word: string; tone: Tone }>;
