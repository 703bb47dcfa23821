import { createHash } from "node:crypto";
import { z } from "zod";
import { blocksOf } from "./display-order";
import { incidentPath } from "./render-incident";
import {
  type PublicComponent,
  type PublicIncident,
  type PublicMaintenance,
  type PublicStatus,
  type State,
  worstState,
} from "./status";

/**
 * The public status in the shape of Statuspage's API (v2), so that what reads those reads this. It has no word for a state
 * that is not known: such a component is said to be degraded, never operational.
 */

const COMPONENT_STATUS: Record<State, z.output<typeof componentStatus>> = {
  operational: "operational",
  maintenance: "under_maintenance",
  unknown: "degraded_performance",
  degraded: "degraded_performance",
  partial: "partial_outage",
  major: "major_outage",
};
const INDICATOR: Record<State, z.output<typeof status>["indicator"]> = {
  operational: "none",
  maintenance: "maintenance",
  unknown: "minor",
  degraded: "minor",
  partial: "major",
  major: "critical",
};
const IMPACT = { low: "minor", medium: "minor", high: "major", critical: "critical" } as const;

const time = z.iso.datetime();
const page = z.object({ id: z.string(), name: z.string(), url: z.url(), time_zone: z.string(), updated_at: time });
const status = z.object({
  indicator: z.enum(["none", "minor", "major", "critical", "maintenance"]),
  description: z.string(),
});
const componentStatus = z.enum([
  "operational",
  "degraded_performance",
  "partial_outage",
  "major_outage",
  "under_maintenance",
]);
const component = z.object({
  id: z.string(),
  name: z.string(),
  status: componentStatus,
  created_at: time,
  updated_at: time,
  position: z.int(),
  description: z.string().nullable(),
  showcase: z.boolean(),
  start_date: z.iso.date().nullable(),
  group_id: z.string().nullable(),
  page_id: z.string(),
  group: z.boolean(),
  only_show_if_degraded: z.boolean(),
  components: z.array(z.string()).optional().meta({ description: "Of a group: its members." }),
});
const update = z.object({
  id: z.string(),
  status: z.string(),
  body: z.string().meta({ description: "Markdown" }),
  incident_id: z.string(),
  created_at: time,
  updated_at: time,
  display_at: time,
  affected_components: z.array(z.unknown()).nullable(),
});
const incident = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(["investigating", "identified", "monitoring", "resolved"]),
  impact: z.enum(["none", "minor", "major", "critical", "maintenance"]),
  created_at: time,
  updated_at: time,
  started_at: time,
  monitoring_at: time.nullable(),
  resolved_at: time.nullable(),
  shortlink: z.url(),
  page_id: z.string(),
  incident_updates: z.array(update),
  components: z.array(component),
});
const maintenance = incident.extend({
  status: z.enum(["scheduled", "in_progress"]),
  scheduled_for: time,
  scheduled_until: time,
});

export const statuspageStatus = z.object({ page, status });
export const statuspageSummary = z.object({
  page,
  components: z.array(component),
  incidents: z.array(incident).meta({ description: "The open ones." }),
  scheduled_maintenances: z.array(maintenance),
  status,
});

type Summary = z.output<typeof statuspageSummary>;
type Component = z.output<typeof component>;

/** A page and a group have no id of their own: one that stays the same is made of what names them. */
const idOf = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 12);

/** Pure. */
export function toStatuspageStatus({
  page: own,
  asOf,
  state,
  headline,
}: PublicStatus): z.output<typeof statuspageStatus> {
  const id = idOf(own.url);
  return {
    page: { id, name: own.title, url: `${own.url}/status`, time_zone: "Etc/UTC", updated_at: asOf },
    status: { indicator: INDICATOR[state], description: headline },
  };
}

/** Pure. */
export function toStatuspageSummary(own: PublicStatus): Summary {
  const head = toStatuspageStatus(own);
  const pageId = head.page.id;
  const components = toComponents(own.components, pageId);
  const byId = new Map(components.map((one) => [one.id, one]));
  const pick = (list: readonly { id: string }[]): Component[] => list.flatMap(({ id }) => byId.get(id) ?? []);
  return {
    ...head,
    components,
    incidents: own.activeIncidents.map((one) => toIncident(one, { url: own.page.url, pageId, pick })),
    scheduled_maintenances: own.maintenance.map((one) => toMaintenance(one, { url: own.page.url, pageId, pick })),
  };
}

function toComponents(components: readonly PublicComponent[], pageId: string): Component[] {
  const shared = { showcase: true, page_id: pageId, only_show_if_degraded: false };
  const blocks = blocksOf(components.map((one) => ({ ...one, groupName: one.group })));
  return blocks.flatMap((members, position): Component[] => {
    const group = members[0]?.group ?? "";
    const groupId = group === "" ? null : idOf(`group ${group}`);
    const rows = members.map((one, index): Component => ({
      ...shared,
      id: one.id,
      name: one.label,
      status: COMPONENT_STATUS[one.state],
      created_at: one.createdAt,
      updated_at: one.updatedAt,
      position: (groupId === null ? position : index) + 1,
      description: one.description || null,
      start_date: one.createdAt.slice(0, 10),
      group_id: groupId,
      group: false,
    }));
    if (groupId === null) return rows;
    const times = members.map(({ createdAt }) => createdAt).toSorted();
    const worst = worstState(members.map(({ state }) => state));
    return [
      {
        ...shared,
        id: groupId,
        name: group,
        status: COMPONENT_STATUS[worst],
        created_at: times[0] ?? "",
        updated_at: times.at(-1) ?? "",
        position: position + 1,
        description: null,
        start_date: null,
        group_id: null,
        group: true,
        components: members.map(({ id }) => id),
      },
      ...rows,
    ];
  });
}

interface Surroundings {
  url: string;
  pageId: string;
  pick: (list: readonly { id: string }[]) => Component[];
}

function toIncident(own: PublicIncident, { url, pageId, pick }: Surroundings): Summary["incidents"][number] {
  const { id, title, status: now, severity, createdAt, updatedAt, startedAt, resolvedAt, updates } = own;
  return {
    id,
    name: title,
    status: now,
    impact: IMPACT[severity],
    created_at: createdAt,
    updated_at: updatedAt,
    started_at: startedAt,
    monitoring_at: updates.findLast((one) => one.status === "monitoring")?.at ?? null,
    resolved_at: resolvedAt,
    shortlink: `${url}${incidentPath(own)}`,
    page_id: pageId,
    incident_updates: updates.map((one) => ({
      id: one.id,
      status: one.status ?? now,
      body: one.message,
      incident_id: id,
      created_at: one.at,
      updated_at: one.at,
      display_at: one.at,
      affected_components: null,
    })),
    components: pick(own.components),
  };
}

function toMaintenance(
  own: PublicMaintenance,
  { url, pageId, pick }: Surroundings,
): Summary["scheduled_maintenances"][number] {
  const { id, label, description, from, to, isRunning, announcedAt, components } = own;
  const status = isRunning ? "in_progress" : "scheduled";
  const at = { created_at: announcedAt, updated_at: announcedAt };
  return {
    ...at,
    id,
    name: label,
    status,
    impact: "maintenance",
    started_at: from,
    monitoring_at: null,
    resolved_at: null,
    shortlink: `${url}/status#maintenance-${id}`,
    page_id: pageId,
    incident_updates: [
      {
        ...at,
        id: `${id}-update`,
        status,
        body: description || label,
        incident_id: id,
        display_at: announcedAt,
        affected_components: null,
      },
    ],
    components: pick(components),
    scheduled_for: from,
    scheduled_until: to,
  };
}
