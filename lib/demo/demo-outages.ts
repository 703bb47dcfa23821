import type { CheckStatus } from "@/lib/checks/define-check";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What a check says while an outage lasts. */
export interface DemoFailure {
  status: Exclude<CheckStatus, "ok" | "skipped" | "crashed">;
  shortSummary: string;
  message: string;
  durationMs: number;
}

/** What a metric does at the height of an outage: its usual value times `factor` plus `add`. */
export interface DemoEffect {
  metric: string;
  factor?: number;
  add?: number;
}

export interface DemoOutage {
  from: Date;
  to: Date;
  /** By the key of a check. */
  failures: Readonly<Record<string, DemoFailure>>;
  effects: readonly DemoEffect[];
}

interface Plan extends Omit<DemoOutage, "from" | "to"> {
  agoMs: number;
  minutes: number;
}

const failed = (shortSummary: string, message: string, durationMs: number): DemoFailure => ({
  status: "failed",
  shortSummary,
  message,
  durationMs,
});
const slow = (service: string, ms: number): DemoFailure => ({
  status: "warning",
  shortSummary: `${ms / 1000} s`,
  message: `${service} took ${ms / 1000} s (limit 1 s).`,
  durationMs: ms,
});

const PLANS: readonly Plan[] = [
  {
    // A deploy that broke payments.
    agoMs: DAY_MS + 3 * HOUR_MS,
    minutes: 34,
    failures: {
      "demo-payments-api": failed("503", "The Payments API answered 503 (accepted: 200-299).", 1_840),
      "demo-checkout": failed("timed out", "Checkout timed out after 4 s while waiting for the answer.", 4_000),
      "demo-website": slow("The website", 1.9 * 1000),
    },
    effects: [
      { metric: "response_time", factor: 5 },
      { metric: "error_rate", add: 14 },
      { metric: "cpu_usage", add: 22 },
      { metric: "queue_size", add: 140 },
      { metric: "queue_failed", add: 38 },
      { metric: "queue_oldest", add: 95_000 },
      { metric: "event_loop_delay", factor: 4 },
    ],
  },
  {
    // The cache went away: everything is computed anew.
    agoMs: 6 * DAY_MS + 5 * HOUR_MS,
    minutes: 18,
    failures: {
      "demo-redis": failed("no connection", "TCP redis.internal:6379 failed: connection refused.", 2.1),
      "demo-website": slow("The website", 2.4 * 1000),
      "demo-search-api": slow("The Search API", 1.6 * 1000),
    },
    effects: [
      { metric: "response_time", factor: 2.6 },
      { metric: "error_rate", add: 3 },
      { metric: "cpu_usage", add: 31 },
      { metric: "load_average", factor: 2.2 },
      { metric: "database_transactions", factor: 3 },
      { metric: "database_cache_hit_ratio", add: -9 },
    ],
  },
  {
    // A leak of connections.
    agoMs: 13 * DAY_MS + 2 * HOUR_MS,
    minutes: 42,
    failures: {
      database: failed("78 of 80", "PostgreSQL has 78 of 80 connections in use, 97.5 % (limit 95 %).", 612),
      "demo-payments-api": failed("500", "The Payments API answered 500 (accepted: 200-299).", 3_120),
      "demo-auth": failed("timed out", "The sign-in service timed out after 4 s while waiting for the answer.", 4_000),
      "demo-website": failed("502", "The website answered 502 (accepted: 200-299).", 2_730),
    },
    effects: [
      { metric: "response_time", factor: 7 },
      { metric: "error_rate", add: 23 },
      { metric: "database_connections", add: 54 },
      { metric: "database_transactions", factor: 0.3 },
      { metric: "queue_size", add: 870 },
      { metric: "queue_oldest", add: 640_000 },
      { metric: "queue_throughput", factor: 0.15 },
      { metric: "memory_usage", add: 17 },
    ],
  },
  {
    // A network that loses packets.
    agoMs: 22 * DAY_MS + 9 * HOUR_MS,
    minutes: 27,
    failures: {
      "demo-cdn": failed("timed out", "The CDN timed out after 4 s while connecting.", 4_000),
      "demo-mail": failed("no connection", "TCP mail.internal:587 failed: the host is unreachable.", 3_004),
      "demo-webhooks": slow("The webhook relay", 1.3 * 1000),
    },
    effects: [
      { metric: "response_time", factor: 3 },
      { metric: "error_rate", add: 6 },
      { metric: "network_in", factor: 0.3 },
      { metric: "network_out", factor: 0.25 },
    ],
  },
];

/** What fails now, and goes on failing: its checks really do (demo-checks.ts). */
const PRESENT: Plan = {
  agoMs: 52 * MINUTE_MS,
  minutes: 24 * 60,
  failures: {
    "demo-warehouse": failed("no connection", "TCP 127.0.0.1:9 failed: connection refused.", 1.9),
    "demo-reports": failed("no connection", "GET http://127.0.0.1:9/api/live failed: connection refused.", 2.4),
  },
  effects: [],
};

/** The outages of the demo that are over, the newest first, at full minutes; then the one that is not. Pure. */
export function demoOutages(now: Date): DemoOutage[] {
  return [...PLANS, PRESENT].map(({ agoMs, minutes, failures, effects }) => {
    const from = Math.floor((now.getTime() - agoMs) / MINUTE_MS) * MINUTE_MS;
    return { from: new Date(from), to: new Date(from + minutes * MINUTE_MS), failures, effects };
  });
}
