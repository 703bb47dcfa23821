import { demoId } from "../demo-id";
import type { DemoFrame, DemoProject } from "./demo-error";
import { type DemoEvent, errorName } from "./plan-events";
import { type Random, below, oneOf } from "./random";

const DAY_MS = 86_400_000;

/** What an SDK would have sent of an occurrence. Draws from the event's random numbers: once an event, in order. */
export function toPayload(event: DemoEvent, now: Date): Record<string, unknown> {
  const { project, error, at, nth, random } = event;
  const number = () => String(100 + below(random, 90_000));
  const value = error.value.replaceAll("#", number);
  const frames = error.frames.map((frame) => toFrame(project, frame));
  const name = errorName(project, error);
  const exception = {
    type: error.type,
    value,
    mechanism: { type: error.isHandled ? "generic" : "unhandled", handled: error.isHandled ?? false },
    stacktrace: { frames },
  };
  return {
    event_id: demoId("event", `${name} ${nth}`).replaceAll("-", ""),
    timestamp: at.getTime() / 1000,
    platform: project.platform,
    level: error.level ?? "error",
    release: releaseOf(project, at, now),
    environment: random() < 0.93 ? "production" : "staging",
    server_name: project.server,
    transaction: error.transaction,
    ...(error.type === "" ? { message: value } : { exception: { values: [exception] } }),
    ...whoOf(event),
    contexts: {
      trace: { trace_id: traceOf(event), span_id: traceOf(event).slice(0, 16) },
      ...RUNTIMES[project.platform](random),
    },
    breadcrumbs: { values: breadcrumbsOf(event) },
    sdk: { name: `sentry.${project.platform}`, version: "9.40.0" },
  };
}

/** Of an occurrence: its lines of logs have it too. Pure. */
export const traceOf = ({ project, error, nth }: Pick<DemoEvent, "project" | "error" | "nth">): string =>
  demoId("trace", `${errorName(project, error)} ${nth}`).replaceAll("-", "");

/** A release each four days. Pure. */
const releaseOf = ({ program }: DemoProject, at: Date, now: Date): string =>
  `${program}@4.${12 - Math.floor((now.getTime() - at.getTime()) / (4 * DAY_MS))}.0`;

function toFrame({ platform }: DemoProject, { file, name, line, source, vars }: DemoFrame): object {
  const lines = source?.replace(/^\n/, "").split("\n") ?? [];
  const marked = lines.findIndex((text) => text.startsWith(">"));
  const text = lines.map((each) => each.replace(/^>/, " "));
  const place =
    platform === "java"
      ? { module: file, filename: `${file.split(".").at(-1)}.java` }
      : { filename: file, abs_path: source === undefined ? file : `/srv/app/${file}` };
  return {
    ...place,
    function: name,
    lineno: line,
    in_app: source !== undefined,
    ...(marked >= 0 && {
      pre_context: text.slice(0, marked),
      context_line: text[marked],
      post_context: text.slice(marked + 1),
    }),
    ...(vars && { vars }),
  };
}

const NAMES = ["ada", "mara", "jonas", "lina", "omar", "ines", "tariq", "yuki", "pavel", "noor"] as const;

/** Jobs have nobody; what was asked for in a browser or of a service has a user and an address. */
function whoOf({ project, error, random }: DemoEvent): object {
  const [, method, path] = /^(?:(GET|POST|PUT) )?(\/.*)$/.exec(error.transaction) ?? [];
  if (path === undefined) return {};
  const n = below(random, 260);
  const host = project.platform === "javascript" ? "shop.example.com" : "api.shop.example.com";
  const filled = path.replace(/[:{]slug}?/, "walnut-desk").replace(/[:{]id}?/, String(4_000 + n));
  return {
    user: { id: `u-${n}`, email: `${NAMES[n % NAMES.length] ?? "ada"}.${n}@example.com` },
    request: {
      url: `https://${host}${filled}`,
      method: method ?? "GET",
      headers: { "Accept-Language": "en", Cookie: "session=made-up" },
    },
  };
}

const browser = (random: Random) => ({
  browser: oneOf<object>(random, [
    { name: "Chrome", version: "142.0.0" },
    { name: "Safari", version: "26.1" },
    { name: "Firefox", version: "145.0" },
    { name: "Mobile Safari", version: "26.1" },
  ]),
  os: oneOf<object>(random, [
    { name: "Windows", version: "11" },
    { name: "macOS", version: "26.1" },
    { name: "Android", version: "16" },
  ]),
});
const runtime = (name: string, version: string) => () => ({ runtime: { name, version } });

const RUNTIMES: Record<DemoProject["platform"], (random: Random) => object> = {
  javascript: browser,
  python: runtime("CPython", "3.13.5"),
  node: runtime("node", "22.20.0"),
  java: runtime("OpenJDK", "21.0.8"),
  go: runtime("go", "1.25.3"),
};

function breadcrumbsOf({ project, error, at, random }: DemoEvent): object[] {
  const before = (seconds: number) => at.getTime() / 1000 - seconds;
  const ms = 4 + below(random, 60);
  if (project.platform === "javascript")
    return [
      { timestamp: before(21.4), category: "navigation", data: { from: "/", to: "/search?q=desk" } },
      { timestamp: before(9.8), category: "navigation", data: { from: "/search?q=desk", to: error.transaction } },
      { timestamp: before(1.2), category: "ui.click", message: "main > form > button.primary" },
      { timestamp: before(0.9), category: "fetch", data: { method: "GET", url: "/api/cart", status_code: 200 } },
    ];
  return [
    { timestamp: before(0.31), category: "started", message: error.transaction },
    { timestamp: before(0.22), category: "query", message: "SELECT … FROM sessions WHERE id = $1", data: { ms } },
    { timestamp: before(0.08), category: "http", data: { url: "http://prices.internal/v1/quote", status_code: 200 } },
  ];
}
