import { demoChecks } from "./demo-checks";
import { demoId } from "./demo-id";
import type { DemoOutage } from "./demo-outages";

/** What the product noted of an incident by itself, as the sources of timelines bring it. */
export interface DemoNote {
  at: Date;
  source: string;
  /** What it is of its source: once an incident. */
  ref?: string;
  message: string;
  link?: string;
}

/** A release that an outage follows. */
export interface DemoDeploy {
  id: string;
  service: string;
  version: string;
  environment: string;
  /** So long before the outage. */
  secondsBefore: number;
}

export const PAYMENTS_DEPLOY: DemoDeploy = {
  id: demoId("deploy", "payments"),
  service: "payments-api",
  version: "4.12.0",
  environment: "production",
  secondsBefore: 40,
};

const LABELS = new Map(demoChecks(new URL("http://127.0.0.1")).map(({ key, label }) => [key, label]));

/** An alert of the first failure with who was told, each check's flips, and the deploy before. Pure. */
export function notesOf({ from, to, failures }: DemoOutage, deploy?: DemoDeploy): DemoNote[] {
  const at = (since: Date, seconds: number) => new Date(since.getTime() + seconds * 1000);
  const notes: DemoNote[] = [];
  if (deploy) {
    const { service, version, environment, secondsBefore, id } = deploy;
    const message = `${service} ${version} (${environment}) was deployed, told by demo.`;
    notes.push({ at: at(from, -secondsBefore), source: "deploys", ref: id, message });
  }
  const failing = Object.entries(failures).map(([key, failure]) => ({
    ...failure,
    key,
    label: LABELS.get(key) ?? "Database",
    link: LABELS.has(key) ? { link: `/checks/${demoId("check", key)}` } : {},
  }));
  for (const [n, { key, label, status, message, link }] of failing.entries()) {
    const flip = { source: "check-flips", ...link };
    const became = `${label} went from ok to ${status}: ${message}`;
    notes.push({ ...flip, at: at(from, 5 + n * 40), ref: `${key} down`, message: became });
    notes.push({ ...flip, at: at(to, 5 + n * 20), ref: `${key} up`, message: `${label} went from ${status} to ok.` });
  }
  const [first] = failing;
  if (!first) return notes;
  const { key, label, message } = first;
  notes.push(
    { at: at(from, 60), source: "alerts", ref: `${key} firing`, message: `${label}: ${message}` },
    {
      at: at(from, 62),
      source: "notifications",
      ref: `${key} told`,
      message: `${label}: Slack was told that it fires.`,
    },
    { at: at(to, 70), source: "alerts", ref: `${key} resolved`, message: `${label}: it is over.` },
  );
  return notes;
}
