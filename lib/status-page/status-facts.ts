import type { MaintenanceWindow } from "@/lib/alerting/maintenance-window";
import type { CheckStatus } from "@/lib/checks/define-check";
import type { IncidentImpact, IncidentSeverity, IncidentStatus, IncidentVisibility } from "@/lib/db/generated/enums";
import type { StatusSettings } from "./settings";

/** What the page is built from, as it was read. Not for the public: lib/status-page/build-status.ts says what of it is. */
export interface StatusFacts {
  settings: StatusSettings;
  /** The page's own address, without a slash at its end. */
  url: string;
  /** null: never. */
  workerLastSeenAt: Date | null;
  /** By position. */
  components: ComponentFacts[];
  days: DayFacts[];
  durations: DurationFacts;
  /** The latest first. */
  incidents: IncidentFacts[];
  windows: { window: MaintenanceWindow; isPublic: boolean }[];
}

export interface CheckFacts {
  id: string;
  key: string;
  type: string;
  status: CheckStatus | null;
  pausedAt: Date | null;
  lastResultAt: Date | null;
  intervalSeconds: number;
}

export interface ComponentFacts {
  id: string;
  label: string;
  description: string;
  groupName: string;
  showResponseTime: boolean;
  createdAt: Date;
  updatedAt: Date;
  checks: CheckFacts[];
}

/** A check's UTC day, without what ran in maintenance. */
export interface DayFacts {
  checkId: string;
  /** "2028-02-29" */
  day: string;
  /** Results that did not fail, and all that say something. */
  up: number;
  total: number;
  downSeconds: number;
}

export interface DurationFacts {
  /** Of the first piece. */
  from: Date;
  pieceMs: number;
  /** By check id: the mean in ms of each piece, null where there was no run. */
  byCheck: ReadonlyMap<string, readonly (number | null)[]>;
}

export interface IncidentFacts {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  severity: IncidentSeverity;
  visibility: IncidentVisibility;
  startedAt: Date;
  resolvedAt: Date | null;
  createdAt: Date;
  checks: { checkId: string | null; impact: IncidentImpact }[];
  updates: {
    id: string;
    source: string;
    at: Date;
    status: IncidentStatus | null;
    message: string;
    isPublic: boolean;
  }[];
  postmortem: PostmortemFacts | null;
}

interface PostmortemFacts {
  visibility: IncidentVisibility;
  publishedAt: Date | null;
  impact: string;
  rootCause: string;
  contributingFactors: string;
  whys: string[];
  wentWell: string;
  wentBadly: string;
}
