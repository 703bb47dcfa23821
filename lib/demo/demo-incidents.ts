import type { IncidentImpact, IncidentSeverity, IncidentStatus, IncidentVisibility } from "@/lib/db/generated/enums";
import type { Cause } from "@/lib/incidents/causes/cause";
import { demoId } from "./demo-id";
import { type DemoDeploy, type DemoNote, notesOf, PAYMENTS_DEPLOY } from "./demo-notes";
import type { DemoFailure, DemoOutage } from "./demo-outages";

const MINUTE_MS = 60_000;
const IMPACTS: Record<DemoFailure["status"], IncidentImpact> = { failed: "major", warning: "degraded" };

/** A line of a demo incident's timeline: of a person where it has an author, else what the product noted. */
export interface DemoEntry extends DemoNote {
  status?: IncidentStatus;
  authorName?: string;
}

export interface DemoIncident {
  id: string;
  title: string;
  severity: IncidentSeverity;
  visibility: IncidentVisibility;
  description: string;
  startedAt: Date;
  createdBy: string | null;
  isAutomatic: boolean;
  causes: Cause[];
  /** By the check's key. */
  affected: Readonly<Record<string, IncidentImpact>>;
  /** The oldest first. */
  entries: DemoEntry[];
}

type Update = [minutes: number, status: IncidentStatus, message: string];

interface Story extends Pick<DemoIncident, "title" | "severity" | "visibility" | "description" | "causes"> {
  updates: readonly Update[];
  /** Who declared it and wrote the updates; null: the product, by its alerts. */
  author: string | null;
  deploy?: DemoDeploy;
}

const STORIES: readonly Story[] = [
  {
    title: "Payments fail with 503",
    severity: "critical",
    visibility: "public",
    author: "Mara",
    description: "Card payments are refused and checkout times out.",
    deploy: PAYMENTS_DEPLOY,
    causes: [
      {
        kind: "deploy",
        title: "payments-api 4.12.0 (production)",
        reason: "Deployed 40 s before the first failure, and Payments API fails, which is named like it.",
        score: 0.88,
        link: null,
      },
      {
        kind: "check",
        title: "Payments API",
        reason: "1 of the 2 other failing checks depends on it, and it failed first.",
        score: 0.71,
        link: `/checks/${demoId("check", "demo-payments-api")}`,
      },
    ],
    updates: [
      [
        4,
        "investigating",
        "Payments API and Checkout fail since the deploy of the payment service. We are looking at it.",
      ],
      [
        15,
        "identified",
        "The new version misses a credential for the card processor. We are going back to the version before.",
      ],
      [33, "monitoring", "The version before is running; payments pass again. We are watching the error rate."],
      [70, "resolved", "No error for half an hour. A test of the credential before each deploy was added."],
    ],
  },
  {
    title: "Slow pages: Redis cache is unreachable",
    severity: "high",
    visibility: "internal",
    author: null,
    causes: [
      {
        kind: "check",
        title: "Redis cache",
        reason: "The 2 other failing checks depend on it, and it failed first.",
        score: 0.92,
        link: `/checks/${demoId("check", "demo-redis")}`,
      },
      {
        kind: "metric",
        title: "cpu_usage",
        reason: "It moved 1 min after the first failure: 3.1× above what is usual.",
        score: 0.41,
        link: "/explore?q=avg:cpu_usage",
      },
    ],
    description: "Pages take two to three times as long as usual.",
    updates: [
      [1, "investigating", "Opened by the alert “Redis cache”."],
      [19, "monitoring", "All its alerts are over."],
      [34, "resolved", "It has been quiet for 15 min."],
    ],
  },
  {
    title: "Errors on all pages: database connections exhausted",
    severity: "critical",
    visibility: "public",
    author: "Jonas",
    causes: [],
    description: "78 of 80 connections of PostgreSQL are in use; new requests wait and fail.",
    updates: [
      [2, "investigating", "Error rate above 20 %; the website, sign-in and payments are affected."],
      [18, "identified", "A report job opened a connection for each customer and kept it. The job is stopped."],
      [41, "monitoring", "Connections are down to 20. The queue is being worked off."],
      [120, "resolved", "The queue is empty. Report jobs share a pool of four connections from now on."],
    ],
  },
  {
    title: "CDN and mail unreachable from one data centre",
    severity: "medium",
    visibility: "public",
    author: "Mara",
    causes: [],
    description: "Packets are lost on one of two lines.",
    updates: [
      [6, "investigating", "The CDN and the mail gateway time out in our checks; customers see slow images."],
      [14, "identified", "The provider confirms a broken line. Traffic is being moved to the second one."],
      [30, "resolved", "All traffic runs over the second line. Mail that waited has been delivered."],
    ],
  },
];

/** One incident for each outage, and one that is still open. Pure. */
export function demoIncidents(now: Date, outages: readonly DemoOutage[]): DemoIncident[] {
  const past = STORIES.flatMap((story, i) => {
    const outage = outages[i];
    return outage ? [incidentOf(story, demoId("incident", story.title), outage.from, outage)] : [];
  });
  const startedAt = new Date(now.getTime() - 100 * 60_000);
  const open: Story = {
    title: "Webhooks to two customers are delayed",
    severity: "low",
    visibility: "public",
    author: "Jonas",
    causes: [],
    description: "Deliveries to two endpoints are retried for longer than usual; **nothing is lost**.",
    updates: [
      [5, "investigating", "Two customers' endpoints answer slowly; their webhooks wait in the queue."],
      [38, "identified", "Both are behind the same provider, which reports a disturbance."],
      [72, "monitoring", "Deliveries pass again. We are watching until the backlog is gone."],
    ],
  };
  return [
    ...past,
    { ...incidentOf(open, demoId("incident", "open"), startedAt), affected: { "demo-webhooks": "degraded" } },
  ];
}

function incidentOf(story: Story, id: string, startedAt: Date, outage?: DemoOutage): DemoIncident {
  const { updates, author, deploy, ...head } = story;
  const written = updates.map(([minutes, status, message]): DemoEntry => ({
    at: new Date(startedAt.getTime() + minutes * MINUTE_MS),
    status,
    message,
    ...(author === null ? { source: "change", ref: `demo-${status}` } : { source: "update", authorName: author }),
  }));
  const noted = outage ? notesOf(outage, deploy) : [];
  const failures = Object.entries(outage?.failures ?? {});
  return {
    ...head,
    id,
    startedAt,
    createdBy: author,
    isAutomatic: author === null,
    affected: Object.fromEntries(failures.map(([key, { status }]) => [key, IMPACTS[status]])),
    entries: [...noted, ...written].toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  };
}
