import { decideTransition } from "../decide-transition";
import type { Incident } from "../incident";
import { decideCourse } from "./decide-course";
import { decideSeverity, isMoreSevere } from "./decide-severity";
import { rootOf, titleOf } from "./decide-title";
import type { OpenIncident } from "./facts";

/** What the incident's row becomes; what stays is left out. */
export type ChangedFields = Partial<
  Pick<
    Incident,
    "title" | "severity" | "status" | "startedAt" | "detectedAt" | "acknowledgedAt" | "mitigatedAt" | "resolvedAt"
  > & { quietSince: Date | null }
>;

/** A line of the timeline that the automatism writes, once for each `ref`. */
export interface AutomaticEntry {
  ref: string;
  message: string;
  at?: Date;
  status?: Incident["status"];
  link?: string;
}

export interface Changes {
  fields: ChangedFields;
  entries: AutomaticEntry[];
  /** Checks that are affected from now on, or worse than before. */
  checks: OpenIncident["checks"];
}

/** A check as it is now. */
export interface CheckNow {
  label: string;
  isDown: boolean | null;
}

/**
 * What becomes of an open incident by what its alerts are now: its title, severity, times, affected checks and status. Of one
 * that a person changed nothing does, but that an acknowledged alert counts as its acknowledgement. Pure.
 * @param quietMs how long all must be over before it is resolved
 */
export function decideChanges(
  incident: OpenIncident,
  checks: ReadonlyMap<string, CheckNow>,
  quietMs: number,
  now: Date,
): Changes {
  const changes: Changes = { fields: {}, entries: [], checks: [] };
  acknowledge(incident, changes);
  if (!incident.isAutomatic) return changes;
  affect(incident, checks, changes);
  describe(incident, changes);
  move(incident, quietMs, now, changes);
  return changes;
}

/** Whoever took on one of its alerts took it on. */
function acknowledge({ acknowledgedAt, detectedAt, alerts }: OpenIncident, { fields, entries }: Changes): void {
  if (acknowledgedAt !== null) return;
  const first = alerts
    .flatMap(({ id, subject, acknowledged }) => (acknowledged ? [{ ...acknowledged, id, subject }] : []))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
  if (!first) return;
  const at = first.at > detectedAt ? first.at : detectedAt;
  fields.acknowledgedAt = at;
  entries.push({
    ref: "acknowledged",
    at,
    message: `Taken on by ${first.by}, who acknowledged ${first.subject}.`,
    link: `/alerts/${first.id}`,
  });
}

const IMPACTS = ["degraded", "partial", "major"] as const;

/** A check that fails is affected badly, one that warns is degraded; none gets better by itself. */
function affect(incident: OpenIncident, checks: ReadonlyMap<string, CheckNow>, changes: Changes): void {
  const before = new Map(incident.checks.map((check) => [check.checkId, check.impact]));
  for (const { checkId, severity } of incident.alerts) {
    const check = checkId === null ? undefined : checks.get(checkId);
    if (checkId === null || !check) continue;
    const impact = (check.isDown ?? severity === "critical") ? "major" : "degraded";
    const had = before.get(checkId);
    if (had !== undefined && IMPACTS.indexOf(had) >= IMPACTS.indexOf(impact)) continue;
    before.set(checkId, impact);
    changes.checks.push({ checkId, label: check.label, impact });
  }
}

function describe(incident: OpenIncident, { fields, entries, checks }: Changes): void {
  const { alerts, title, severity, startedAt, detectedAt } = incident;
  const root = rootOf(alerts);
  const affected = new Set([...incident.checks, ...checks].map(({ checkId }) => checkId)).size;
  const wanted = decideSeverity(
    alerts.map((alert) => alert.severity),
    affected,
  );
  if (isMoreSevere(wanted.severity, severity)) {
    fields.severity = wanted.severity;
    entries.push({
      ref: `severity-${wanted.severity}`,
      message: `The severity rose from ${severity} to ${wanted.severity}: ${wanted.reason}.`,
    });
  }
  // The summary of an alert changes while it fires: only another root gives another name.
  if (root && !title.startsWith(`${root.subject}:`) && title !== titleOf(root)) {
    fields.title = titleOf(root);
    entries.push({ ref: `title-${root.id}`, message: `Named after ${root.subject}, which the others come from.` });
  }
  const began = earliest(alerts.map(({ pendingSince }) => pendingSince));
  if (began && began < startedAt) fields.startedAt = began;
  const noticed = earliest(alerts.map(({ firingSince }) => firingSince));
  if (noticed && noticed < detectedAt) fields.detectedAt = noticed;
}

function move(incident: OpenIncident, quietMs: number, now: Date, { fields, entries }: Changes): void {
  const course = decideCourse(incident, quietMs, now);
  if (course.to === "same") return;
  const at = course.to === "monitoring" ? course.quietSince : now;
  const transition = decideTransition(incident, course.to, at);
  if (!transition.isAllowed) return;
  const ref = course.to === "investigating" ? course.alertId : String(course.quietSince.getTime());
  Object.assign(fields, {
    ...(transition.isChange && { status: course.to }),
    ...transition.times,
    quietSince: course.to === "investigating" ? null : course.quietSince,
  });
  if (!transition.isChange) return;
  entries.push({
    ref: `${course.to}-${ref}`,
    status: course.to,
    message: `Went from ${incident.status} to ${course.to}: ${course.reason}.`,
  });
}

const earliest = (times: readonly Date[]): Date | undefined => times.toSorted((a, b) => a.getTime() - b.getTime())[0];
