import { expect, test } from "vitest";
import { type CauseFacts, type FailingCheck, type NearAnomaly, isNamedLike, rankCauses } from "./rank-causes";

const START = new Date("2026-11-27T12:00:00Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const check = (id: string, failedAt: number): FailingCheck => ({ id, key: id, label: id, failedAt: at(failedAt) });
const deploy = (service: string, seconds: number) => ({
  at: at(seconds),
  service,
  version: "1.2",
  environment: "",
  link: "/explore",
});
const anomaly = (title: string, seconds: number, more: Partial<NearAnomaly> = {}): NearAnomaly => ({
  at: at(seconds),
  title,
  reason: "4× above what is usual",
  score: 0.9,
  isRelated: false,
  link: "/explore",
  ...more,
});
/** shop and cart → api → database; mail → queue */
const ABOVE: Record<string, string[]> = {
  shop: ["api", "database"],
  cart: ["api", "database"],
  api: ["database"],
  mail: ["queue"],
  one: ["other"],
  other: ["one"],
};
const facts = (more: Partial<CauseFacts>): CauseFacts => ({
  startedAt: START,
  checks: [],
  ancestors: (id) => new Set(ABOVE[id]),
  deploys: [],
  anomalies: [],
  ...more,
});
const lines = (more: Partial<CauseFacts>) => rankCauses(facts(more)).map(({ title, reason }) => `${title}: ${reason}`);

test.each<[string, Partial<CauseFacts>, string[]]>([
  ["nothing is known", {}, []],
  ["a check that fails alone is what is seen, and no cause", { checks: [check("shop", 0)] }, []],
  ["checks that have nothing to do with one another", { checks: [check("shop", 0), check("mail", 0)] }, []],
  [
    "the parent failed first",
    { checks: [check("database", 0), check("shop", 4), check("cart", 9)] },
    ["database: 2 of the failing checks depend on it, and it failed first, 4 s before."],
  ],
  [
    "at the same time",
    { checks: [check("database", 0), check("shop", 0)] },
    ["database: 1 of the failing checks depends on it, and it failed at the same time."],
  ],
  [
    "the parent was seen later",
    { checks: [check("shop", 0), check("database", 130)] },
    ["database: 1 of the failing checks depends on it, though it was seen failing 2 min 10 s after the first of them."],
  ],
  [
    "only the beginning of a chain",
    { checks: [check("shop", 2), check("api", 1), check("database", 0)] },
    ["database: 2 of the failing checks depend on it, and it failed first, 1 s before."],
  ],
  [
    "the beginning of a chain passes: the first that fails",
    { checks: [check("shop", 2), check("api", 1)] },
    ["api: 1 of the failing checks depends on it, and it failed first, 1 s before."],
  ],
  ["a circle has no beginning", { checks: [check("one", 0), check("other", 1)] }, []],
  [
    "a deploy before, the nearer the likelier",
    { deploys: [deploy("blog", -3_000), deploy("shop-api", -30)] },
    ["shop-api 1.2: Deployed 30 s before the first failure.", "blog 1.2: Deployed 50 min before the first failure."],
  ],
  ["an hour and more before is too far", { deploys: [deploy("shop", -3_601)] }, []],
  [
    "a minute after is within what clocks differ, more is not",
    { deploys: [deploy("shop", 60), deploy("blog", 61)] },
    ["shop 1.2: Deployed 1 min after the first failure."],
  ],
  [
    "one that is named like a failing check before a nearer one",
    { checks: [check("shop", 0)], deploys: [deploy("blog", -30), deploy("shop", -120)] },
    [
      "shop 1.2: Deployed 2 min before the first failure, and shop fails, which is named like it.",
      "blog 1.2: Deployed 30 s before the first failure.",
    ],
  ],
  [
    "it is counted from the first failure, not from when an alert saw it",
    { checks: [check("shop", -60)], deploys: [deploy("shop", -90)] },
    ["shop 1.2: Deployed 30 s before the first failure, and shop fails, which is named like it."],
  ],
  [
    "a metric that moved before; of each series the first time",
    { anomalies: [anomaly("queue_size", -60), anomaly("queue_size", -180)] },
    ["queue_size: It moved 3 min before the first failure: 4× above what is usual."],
  ],
  [
    "the incident's own metric before another",
    { anomalies: [anomaly("cpu", -60), anomaly("memory", -60, { isRelated: true })] },
    [
      "memory: It moved 1 min before the first failure: 4× above what is usual.",
      "cpu: It moved 1 min before the first failure: 4× above what is usual.",
    ],
  ],
  [
    "moved after",
    { anomalies: [anomaly("cpu", 60), anomaly("memory", 121), anomaly("disk", -901)] },
    ["cpu: It moved 1 min after the first failure: 4× above what is usual."],
  ],
])("%s", (_name, given, expected) => {
  expect(lines(given)).toEqual(expected);
});

test("a parent that failed first, then the deploy just before, then the metric", () => {
  const causes = rankCauses(
    facts({
      checks: [check("database", 0), check("shop", 4)],
      deploys: [deploy("shop", -30)],
      anomalies: [anomaly("connections", -120, { isRelated: true, score: 1 })],
    }),
  );
  expect(causes.map(({ kind, score }) => [kind, score])).toEqual([
    ["check", 0.95],
    ["deploy", 0.785],
    ["metric", 0.7],
  ]);
});

test("it names eight at most", () => {
  expect(lines({ deploys: Array.from({ length: 20 }, (_, index) => deploy(`s${index}`, -index)) })).toHaveLength(8);
});

test.each([
  ["shop-api", "shop-api", "Anything", true],
  ["shop-api", "x", "Shop API", true],
  ["shop", "shop-checkout", "Checkout", true],
  ["shop-api", "payments-api", "Payments API", false],
  ["api", "payments-api", "Payments API", false],
  ["", "shop", "Shop", false],
  ["Straße", "x", "Straße", true],
])("a deploy of %s is named like the check %s, %s: %s", (service, key, label, expected) => {
  expect(isNamedLike(service, { key, label })).toBe(expected);
});
