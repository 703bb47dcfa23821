import type { IncidentSeverity, IncidentStatus } from "@/lib/db/generated/enums";
import { demoId } from "./demo-id";
import type { DemoOutage } from "./demo-outages";

export interface DemoIncident {
  id: string;
  title: string;
  severity: IncidentSeverity;
  description: string;
  startedAt: Date;
  updates: { status: IncidentStatus; message: string; at: Date }[];
}

type Update = [minutes: number, status: IncidentStatus, message: string];

const STORIES: readonly {
  title: string;
  severity: IncidentSeverity;
  description: string;
  updates: readonly Update[];
}[] = [
  {
    title: "Payments fail with 503",
    severity: "critical",
    description: "Card payments are refused and checkout times out.",
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
    description: "Pages take two to three times as long as usual.",
    updates: [
      [3, "investigating", "The Redis cache refuses connections; pages are computed anew and slow."],
      [9, "identified", "The host restarted after a kernel update and Redis was not started with it."],
      [19, "monitoring", "Redis is running and filling up."],
      [45, "resolved", "Response times are back to normal. Redis now starts with its host."],
    ],
  },
  {
    title: "Errors on all pages: database connections exhausted",
    severity: "critical",
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
  const past = STORIES.map(({ updates, ...story }, i): DemoIncident => {
    const startedAt = outages[i]?.from ?? now;
    return { id: demoId("incident", story.title), ...story, startedAt, updates: placed(startedAt, updates) };
  });
  const startedAt = new Date(now.getTime() - 100 * 60_000);
  const open: DemoIncident = {
    id: demoId("incident", "open"),
    title: "Webhooks to two customers are delayed",
    severity: "low",
    description: "Deliveries to two endpoints are retried for longer than usual; nothing is lost.",
    startedAt,
    updates: placed(startedAt, [
      [5, "investigating", "Two customers' endpoints answer slowly; their webhooks wait in the queue."],
      [38, "identified", "Both are behind the same provider, which reports a disturbance."],
      [72, "monitoring", "Deliveries pass again. We are watching until the backlog is gone."],
    ]),
  };
  return [...past, open];
}

function placed(startedAt: Date, updates: readonly Update[]): DemoIncident["updates"] {
  return updates.map(([minutes, status, message]) => ({
    status,
    message,
    at: new Date(startedAt.getTime() + minutes * 60_000),
  }));
}
