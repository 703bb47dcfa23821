import { demoId } from "./demo-id";

/** A check of the demo as it is stored, and how quickly its service usually answers. */
export interface DemoCheck {
  id: string;
  key: string;
  type: "http" | "tcp";
  label: string;
  config: Record<string, string | number>;
  intervalSeconds: number;
  usualMs: number;
  dependsOn: readonly string[];
}

type Service = Pick<DemoCheck, "key" | "type" | "label" | "intervalSeconds" | "usualMs">;

const SERVICES: readonly Service[] = [
  { key: "demo-website", type: "http", label: "Website", intervalSeconds: 60, usualMs: 182 },
  { key: "demo-payments-api", type: "http", label: "Payments API", intervalSeconds: 60, usualMs: 96 },
  { key: "demo-checkout", type: "http", label: "Checkout", intervalSeconds: 300, usualMs: 240 },
  { key: "demo-search-api", type: "http", label: "Search API", intervalSeconds: 300, usualMs: 64 },
  { key: "demo-auth", type: "http", label: "Sign-in service", intervalSeconds: 300, usualMs: 51 },
  { key: "demo-redis", type: "tcp", label: "Redis cache", intervalSeconds: 300, usualMs: 1.4 },
  { key: "demo-cdn", type: "http", label: "CDN", intervalSeconds: 300, usualMs: 23 },
  { key: "demo-mail", type: "tcp", label: "Mail gateway", intervalSeconds: 300, usualMs: 12 },
  { key: "demo-webhooks", type: "http", label: "Webhook relay", intervalSeconds: 300, usualMs: 130 },
];

/** Nothing listens on this port: these fail, and the second one because of the first. */
const CLOSED = new URL("http://127.0.0.1:9/api/live");
const DOWN: readonly Service[] = [
  { key: "demo-warehouse", type: "tcp", label: "Warehouse database", intervalSeconds: 60, usualMs: 2.2 },
  { key: "demo-reports", type: "http", label: "Warehouse reports", intervalSeconds: 60, usualMs: 310 },
];

/**
 * The demo's checks. Most watch the product's own web server, the one service that is sure to be there: so they go on as
 * real checks that really pass. Two watch what is not there, so that something fires.
 * @param product where it answers
 */
export function demoChecks(product: URL): DemoCheck[] {
  const made = (service: Service, url: URL, dependsOn: readonly string[]): DemoCheck => ({
    ...service,
    id: demoId("check", service.key),
    config: configOf(service.type, url),
    dependsOn,
  });
  const keys = DOWN.map(({ key }) => key);
  return [
    ...SERVICES.map((service) => made(service, reachable(product), [])),
    ...DOWN.map((service, index) => made(service, CLOSED, keys.slice(0, index))),
  ];
}

/** An address that stands for all of a machine's is listened on, not called. */
function reachable(product: URL): URL {
  const url = new URL("/api/live", product);
  if (url.hostname === "0.0.0.0") url.hostname = "127.0.0.1";
  if (url.hostname === "[::]") url.hostname = "[::1]";
  return url;
}

function configOf(type: DemoCheck["type"], url: URL): DemoCheck["config"] {
  if (type === "http") return { url: url.href };
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port };
}

/** What a passing check of monitoring.config.ts says on its card, by type; others say how long they took. */
export const USUAL_SUMMARY: Readonly<Record<string, string>> = {
  "disk-space": "48 %",
  queue: "0 pending",
  schedule: "20 s ago",
};

/** Milliseconds that a check of monitoring.config.ts usually takes, by type. */
export const USUAL_MS: Readonly<Record<string, number>> = { cache: 0.3, "disk-space": 0.8, queue: 6, schedule: 2.5 };
