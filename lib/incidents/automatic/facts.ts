import type { Severity } from "@/lib/alerting/severity";
import type { Incident } from "../incident";

/** An alert as incidents see it. */
export interface AlertFacts {
  id: string;
  subject: string;
  summary: string;
  severity: Severity;
  isFiring: boolean;
  checkId: string | null;
  /** The alert whose effect it is. */
  parentId: string | null;
  pendingSince: Date;
  firingSince: Date;
  resolvedAt: Date | null;
  acknowledged: { at: Date; by: string } | null;
}

/** A firing alert that belongs to no incident yet. */
export interface Candidate extends AlertFacts {
  /** Of its rule; null: by severity. */
  opensIncident: boolean | null;
  /** A maintenance window or silence that mutes it or the alert whose effect it is, in words. */
  muted: string | null;
  /** Nobody is told yet, since what it depends on is being looked at. */
  isHeld: boolean;
  /** Of a source that tells of something once: it joins nothing by the time alone. */
  isNews: boolean;
  /** Why it belongs to none, as stored. */
  incidentReason: string | null;
}

/** An open incident as alerts see it. */
export interface OpenIncident {
  id: string;
  title: string;
  severity: Incident["severity"];
  status: Incident["status"];
  /** Its alerts move it; a person's change ends that. */
  isAutomatic: boolean;
  /** An alert opened it, whoever changed it since. */
  isOfAlerts: boolean;
  startedAt: Date;
  detectedAt: Date;
  acknowledgedAt: Date | null;
  mitigatedAt: Date | null;
  quietSince: Date | null;
  alerts: AlertFacts[];
  /** The affected ones. */
  checks: { checkId: string; label: string; impact: "degraded" | "partial" | "major" }[];
}

/** Begins the stored reason of an alert that the automatism left out: asked again each time. Any other reason is a person's. */
export const NO_INCIDENT = "No incident: ";
