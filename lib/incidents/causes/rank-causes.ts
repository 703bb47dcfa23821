import { formatDuration } from "@/lib/core/format";
import { deployTitle } from "../deploys/deploy-words";
import type { Cause } from "./cause";

/** A check that fails within an incident, or failed. */
export interface FailingCheck {
  id: string;
  key: string;
  label: string;
  failedAt: Date;
}

export interface NearDeploy {
  at: Date;
  service: string;
  version: string;
  environment: string;
  /** Where it is seen among the charts. */
  link: string;
}

export interface NearAnomaly {
  at: Date;
  /** "queue_size, queue mail" */
  title: string;
  /** "4.1× above what is usual" */
  reason: string;
  /** From 0.5 to 1. */
  score: number;
  /** An alert of the incident is about this metric, or it is one of a failing check's. */
  isRelated: boolean;
  link: string;
}

export interface CauseFacts {
  startedAt: Date;
  checks: readonly FailingCheck[];
  /** All that a check depends on, near and far. */
  ancestors: (checkId: string) => ReadonlySet<string>;
  deploys: readonly NearDeploy[];
  anomalies: readonly NearAnomaly[];
}

const MAX_CAUSES = 8;
/** Checks take turns: what was seen within so long may have failed at once. */
const TURN_MS = 60_000;
/** A deploy counts from so long before the first failure to so long after it (clocks differ). */
export const DEPLOY_BEFORE_MS = 3_600_000;
export const DEPLOY_AFTER_MS = 60_000;
export const ANOMALY_BEFORE_MS = 900_000;
export const ANOMALY_AFTER_MS = 120_000;

/**
 * What likely caused an incident, the likeliest first, each with its reason. Pure. The scores, from 0 to 1:
 * - a failing check that other failing ones depend on: 0.6, with 0.25 more if it failed first (0.15 if it was seen within a minute
 *   of them: checks take turns) and up to 0.1 by its share of them;
 * - a deploy before the first failure: 0.3 and up to 0.45 by nearness (halved each 10 min), 0.15 more if it is named like a check
 *   that fails by itself, 0.05 if that fails since another one does;
 * - a metric that moved: 0.25, up to 0.2 by how odd it was, 0.15 more if it is the incident's own, 0.1 if it moved before the failure.
 */
export function rankCauses(facts: CauseFacts): Cause[] {
  const began = firstFailure(facts);
  return [...checkCauses(facts), ...deployCauses(facts, began), ...metricCauses(facts, began)]
    .toSorted((a, b) => b.score - a.score || a.title.localeCompare(b.title))
    .slice(0, MAX_CAUSES);
}

const firstFailure = ({ checks, startedAt }: CauseFacts): number =>
  Math.min(startedAt.getTime(), ...checks.map(({ failedAt }) => failedAt.getTime()));

/** What fails because of another one is a link of the chain and not its beginning; in a circle nobody is the first. */
const isEffect = ({ id }: FailingCheck, { checks, ancestors }: CauseFacts): boolean =>
  checks.some((other) => other.id !== id && ancestors(id).has(other.id));

function checkCauses(facts: CauseFacts): Cause[] {
  const { checks, ancestors } = facts;
  return checks.flatMap((check) => {
    const dependents = checks.filter(({ id }) => id !== check.id && ancestors(id).has(check.id));
    if (dependents.length === 0 || isEffect(check, facts)) return [];
    const next = Math.min(...dependents.map(({ failedAt }) => failedAt.getTime()));
    const leadMs = next - check.failedAt.getTime();
    const count =
      dependents.length === 1 ? "1 of the failing checks depends" : `${dependents.length} of the failing checks depend`;
    const order =
      leadMs > 0
        ? `and it failed first, ${formatDuration(Math.max(1, leadMs / 1000))} before`
        : leadMs === 0
          ? "and it failed at the same time"
          : `though it was seen failing ${formatDuration(Math.max(1, -leadMs / 1000))} after the first of them`;
    const share = dependents.length / (checks.length - 1);
    return [
      {
        kind: "check",
        title: check.label,
        reason: `${count} on it, ${order}.`,
        score: rounded(0.6 + (leadMs >= 0 ? 0.25 : leadMs >= -TURN_MS ? 0.15 : 0) + 0.1 * share),
        link: `/checks/${check.id}`,
      },
    ];
  });
}

function deployCauses(facts: CauseFacts, began: number): Cause[] {
  const { deploys, checks } = facts;
  return deploys.flatMap((deploy) => {
    const leadMs = began - deploy.at.getTime();
    if (leadMs > DEPLOY_BEFORE_MS || leadMs < -DEPLOY_AFTER_MS) return [];
    const alike = checks.filter((check) => isNamedLike(deploy.service, check));
    const itself = alike.find((check) => !isEffect(check, facts));
    const named = itself ?? alike[0];
    const when =
      leadMs >= 0
        ? `${formatDuration(leadMs / 1000)} before the first failure`
        : `${formatDuration(-leadMs / 1000)} after the first failure`;
    const nearness = leadMs >= 0 ? 0.5 ** (leadMs / 600_000) : 0.5;
    return [
      {
        kind: "deploy",
        title: deployTitle(deploy),
        reason: `Deployed ${when}${named ? `, and ${named.label} fails, which is named like it` : ""}.`,
        score: rounded(0.3 + 0.45 * nearness + (itself ? 0.15 : named ? 0.05 : 0)),
        link: deploy.link,
      },
    ];
  });
}

/** Of each series the first anomaly counts. */
function metricCauses({ anomalies }: CauseFacts, began: number): Cause[] {
  const first = new Map<string, NearAnomaly>();
  for (const anomaly of anomalies) {
    const known = first.get(anomaly.title);
    if (!known || anomaly.at < known.at) first.set(anomaly.title, anomaly);
  }
  return [...first.values()].flatMap(({ at, title, reason, score, isRelated, link }) => {
    const leadMs = began - at.getTime();
    if (leadMs > ANOMALY_BEFORE_MS || leadMs < -ANOMALY_AFTER_MS) return [];
    const when =
      leadMs > 0
        ? `moved ${formatDuration(Math.max(1, leadMs / 1000))} before the first failure`
        : `moved ${leadMs === 0 ? "with" : `${formatDuration(Math.max(1, -leadMs / 1000))} after`} the first failure`;
    return [
      {
        kind: "metric",
        title,
        reason: `It ${when}: ${reason}.`,
        score: rounded(0.25 + 0.2 * (score - 0.5) * 2 + (isRelated ? 0.15 : 0) + (leadMs > 0 ? 0.1 : 0)),
        link,
      },
    ];
  });
}

const rounded = (score: number): number => Number(Math.min(1, score).toFixed(3));

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Words that name no service. */
const COMMON = new Set(["api", "app", "service", "server", "web", "check", "the", "prod", "production", "staging"]);

/** "shop-api" is named like "Shop API", "shop" and "shop-checkout", and not like "Payments API". Pure. */
export function isNamedLike(service: string, { key, label }: Pick<FailingCheck, "key" | "label">): boolean {
  const own = words(service);
  const joined = own.join(" ");
  const others = new Set([...words(key), ...words(label)]);
  if (joined === words(label).join(" ") || joined === words(key).join(" ")) return joined !== "";
  return own.some((word) => word.length > 2 && !COMMON.has(word) && others.has(word));
}
