import { z } from "zod";

/**
 * What the public page says, in every form of it: the page, the feed and the JSON are made of this and of nothing else, so
 * that what is not here cannot be shown. Times are ISO 8601 in UTC. It is also what is kept in a file.
 */

/** From the best to the worst: where several things meet, the later word wins. */
export const STATES = ["operational", "maintenance", "unknown", "degraded", "partial", "major"] as const;
export type State = (typeof STATES)[number];

export const STATE_WORDS: Record<State, string> = {
  operational: "Operational",
  maintenance: "Under maintenance",
  unknown: "Unknown",
  degraded: "Degraded performance",
  partial: "Partial outage",
  major: "Major outage",
};

/** The worst of several states; operational where there is none. Pure. */
export function worstState(states: readonly State[]): State {
  return STATES[Math.max(0, ...states.map((state) => STATES.indexOf(state)))] ?? "operational";
}

/** How many UTC days the bars show, today included. */
export const UPTIME_DAYS = 90;
/** How long an incident that is over stands on the page. */
export const RECENT_DAYS = 14;

const time = z.iso.datetime().meta({ description: "ISO 8601, UTC" });
const state = z.enum(STATES);

const day = z.object({
  day: z.iso.date().meta({ description: "UTC" }),
  uptimePercent: z.number().nullable().meta({ description: "null: nothing was measured." }),
  downtimeMinutes: z.number().nullable(),
});

const point = z.object({ at: time, ms: z.number().nullable().meta({ description: "null: no result." }) });

const component = z.object({
  id: z.uuid(),
  label: z.string(),
  description: z.string(),
  group: z.string().meta({ description: "Components of one group stand together; empty: by itself." }),
  state,
  reason: z.string(),
  uptimePercent: z
    .number()
    .nullable()
    .meta({ description: "Over 90 days, without maintenance; of the worst of its checks." }),
  days: z.array(day).meta({ description: "The last 90 UTC days, the oldest first." }),
  responseTimes: z.array(point).nullable().meta({ description: "Means of 15 minutes over 24 hours; null: not shown." }),
  createdAt: time,
  updatedAt: time,
});

const update = z.object({
  id: z.uuid(),
  at: time,
  status: z.enum(["investigating", "identified", "monitoring", "resolved"]).nullable(),
  message: z.string().meta({ description: "Markdown" }),
});

const postmortem = z.object({
  publishedAt: time,
  impact: z.string(),
  rootCause: z.string(),
  contributingFactors: z.string(),
  whys: z.array(z.string()),
  wentWell: z.string(),
  wentBadly: z.string(),
});

const incident = z.object({
  id: z.uuid(),
  number: z.int(),
  title: z.string(),
  status: z.enum(["investigating", "identified", "monitoring", "resolved"]),
  severity: z.enum(["low", "medium", "high", "critical"]),
  startedAt: time,
  resolvedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
  components: z.array(z.object({ id: z.uuid(), label: z.string(), state })),
  updates: z.array(update).meta({ description: "The newest first." }),
  postmortem: postmortem.nullable(),
});

const maintenance = z.object({
  id: z.string().meta({ description: "The same for one time of a window that recurs." }),
  label: z.string(),
  description: z.string(),
  from: time,
  to: time,
  isRunning: z.boolean(),
  announcedAt: time,
  components: z.array(z.object({ id: z.uuid(), label: z.string() })),
});

export const publicStatus = z.object({
  page: z.object({
    title: z.string(),
    description: z.string(),
    logoUrl: z.string().nullable(),
    accent: z.string(),
    contactUrl: z.string().nullable(),
    url: z.string(),
  }),
  asOf: time.meta({ description: "When this was known." }),
  state,
  headline: z.string(),
  components: z.array(component),
  activeIncidents: z.array(incident).meta({ description: "The open ones, the latest first." }),
  recentIncidents: z.array(incident).meta({ description: "Over within the last 14 days." }),
  maintenance: z.array(maintenance).meta({ description: "Running and planned, the next first." }),
});

export type PublicStatus = z.output<typeof publicStatus>;
export type PublicComponent = z.output<typeof component>;
export type PublicIncident = z.output<typeof incident>;
export type PublicMaintenance = z.output<typeof maintenance>;
export type PublicPostmortem = z.output<typeof postmortem>;
export type UptimeDay = z.output<typeof day>;
export type ResponsePoint = z.output<typeof point>;

/** All that is served: the status, and the incidents before it, which still have their own pages. */
export const publicSnapshot = z.object({ status: publicStatus, earlierIncidents: z.array(incident) });
export type PublicSnapshot = z.output<typeof publicSnapshot>;

export const responseOfStatus = publicStatus.extend({
  isLastKnown: z.boolean().meta({ description: "The present state cannot be read: this is what was known at `asOf`." }),
});
