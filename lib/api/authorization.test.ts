import { beforeAll, describe, expect, test } from "vitest";
import { createChannel } from "@/lib/alerting/channels/channel-verbs";
import { createMaintenance } from "@/lib/alerting/maintenance/maintenance";
import { createRule } from "@/lib/alerting/rules/write-rule";
import { createSilence, silenceInput } from "@/lib/alerting/silences/silences";
import { addAction } from "@/lib/incidents/actions/add-action";
import { addUpdate } from "@/lib/incidents/add-update";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { savePostmortem } from "@/lib/incidents/postmortem/save-postmortem";
import { listComponents } from "@/lib/status-page/list-components";
import { createComponent } from "@/lib/status-page/write-component";
import { createCheck } from "@/lib/checks/create-check";
import { type Role, SCOPES, type Scope } from "@/lib/core/actor";
import { setProcessChanges } from "@/lib/core/changes";
import { makeToken, makeUser, userActor } from "@/lib/testing/actors";
import { addAlert, addFailedMessage } from "@/lib/testing/alerts";
import { addAnomaly } from "@/lib/testing/anomalies";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { ENDPOINTS } from "./endpoints";

const RULE = { label: "A rule", source: "check-state" };
const CHANNEL = { label: "A channel", type: "webhook", config: { url: "http://127.0.0.1:1/" } };
const SILENCE = {
  matchers: [{ label: "check", op: "=", value: "shop" }],
  comment: "Known",
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
};
/** The id is filled in once there is such an incident. */
const LINKED = { incidentId: "" };
const MERGED_INTO = { intoId: "" };
/** Filled in anew for each call: a merged error is no more. */
const MERGED = { ids: [""] };
const INCIDENT = { title: "Down", severity: "high" };
/** Filled in once there is a check, and for each order. */
const COMPONENT = { label: "Payments", checkIds: [""] };
const ORDER: { ids: string[] } = { ids: [] };
const WINDOW = { label: "Move", recurrence: "cron", cron: "0 3 * * 0", durationMinutes: 60 };

/**
 * Who may call what. A line an endpoint: method and path, the scope that a token needs ("public": nobody is asked), a body
 * that is good. `{id}` is a thing of the kind that the path is about, and exists.
 */
const TABLE: [endpoint: string, scope: Scope | "public", body?: object][] = [
  ["GET /api/live", "public"],
  ["GET /api/ready", "public"],
  ["GET /api/health", "read"],
  ["GET /api/openapi.json", "public"],
  ["GET /api/v1/checks", "read"],
  ["POST /api/v1/checks", "checks:write", { type: "http", label: "Made", config: { url: "http://127.0.0.1:1/" } }],
  ["GET /api/v1/checks/{id}", "read"],
  ["PATCH /api/v1/checks/{id}", "checks:write", { label: "Changed" }],
  ["DELETE /api/v1/checks/{id}", "checks:write"],
  ["POST /api/v1/checks/{id}/run", "checks:write"],
  ["POST /api/v1/checks/{id}/pause", "checks:write"],
  ["POST /api/v1/checks/{id}/resume", "checks:write"],
  ["GET /api/v1/checks/{id}/results", "read"],
  ["GET /api/v1/check-types", "read"],
  ["GET /api/v1/metrics", "read"],
  ["GET /api/v1/metrics/names", "read"],
  ["GET /api/v1/metrics/labels?name=cpu_usage", "read"],
  ["GET /api/v1/metrics/label-values?name=cpu_usage&label=host", "read"],
  ["POST /api/v1/metrics", "metrics:write", { samples: [{ name: "pushed", value: 1 }] }],
  ["POST /api/otlp/v1/metrics", "metrics:write", { resourceMetrics: [] }],
  ["GET /api/v1/metrics/query?name=cpu_usage", "read"],
  ["GET /metrics", "read"],
  ["GET /api/v1/anomalies", "read"],
  ["PUT /api/v1/anomalies/{id}/expected", "metrics:write"],
  ["DELETE /api/v1/anomalies/{id}/expected", "metrics:write"],
  ["GET /api/v1/alerts", "read"],
  ["GET /api/v1/alerts/{id}", "read"],
  ["POST /api/v1/alerts/{id}/acknowledge", "alerts:write", { note: "Looking" }],
  ["POST /api/v1/alerts/{id}/unacknowledge", "alerts:write"],
  ["POST /api/v1/notification-messages/{id}/send-again", "alerts:write"],
  ["GET /api/v1/rules", "read"],
  ["POST /api/v1/rules", "alerts:write", RULE],
  ["POST /api/v1/rules/preview", "read", RULE],
  ["GET /api/v1/rules/{id}", "read"],
  ["PATCH /api/v1/rules/{id}", "alerts:write", { label: "Changed" }],
  ["DELETE /api/v1/rules/{id}", "alerts:write"],
  ["POST /api/v1/rules/{id}/pause", "alerts:write"],
  ["POST /api/v1/rules/{id}/resume", "alerts:write"],
  ["GET /api/v1/alert-sources", "read"],
  ["GET /api/v1/channels", "read"],
  ["POST /api/v1/channels", "admin", CHANNEL],
  ["GET /api/v1/channels/{id}", "read"],
  ["PATCH /api/v1/channels/{id}", "admin", { label: "Changed" }],
  ["DELETE /api/v1/channels/{id}", "admin"],
  ["POST /api/v1/channels/{id}/enable", "admin"],
  ["POST /api/v1/channels/{id}/disable", "admin"],
  ["POST /api/v1/channels/{id}/test", "admin"],
  ["GET /api/v1/channel-types", "read"],
  ["GET /api/v1/silences", "read"],
  ["POST /api/v1/silences", "alerts:write", SILENCE],
  ["DELETE /api/v1/silences/{id}", "alerts:write"],
  ["GET /api/v1/maintenance-windows", "read"],
  ["POST /api/v1/maintenance-windows", "alerts:write", WINDOW],
  ["GET /api/v1/maintenance-windows/{id}", "read"],
  ["PUT /api/v1/maintenance-windows/{id}", "alerts:write", WINDOW],
  ["DELETE /api/v1/maintenance-windows/{id}", "alerts:write"],
  ["GET /api/v1/incidents", "read"],
  ["POST /api/v1/incidents", "incidents:write", INCIDENT],
  ["GET /api/v1/incidents/{id}", "read"],
  ["PATCH /api/v1/incidents/{id}", "incidents:write", { severity: "critical" }],
  ["DELETE /api/v1/incidents/{id}", "admin"],
  ["POST /api/v1/incidents/{id}/updates", "incidents:write", { message: "Looking" }],
  ["POST /api/v1/incidents/{id}/acknowledge", "incidents:write"],
  ["POST /api/v1/incidents/{id}/merge", "incidents:write", MERGED_INTO],
  ["PUT /api/v1/incidents/{id}/checks", "incidents:write", { checks: [] }],
  ["PUT /api/v1/alerts/{id}/incident", "incidents:write", LINKED],
  ["DELETE /api/v1/alerts/{id}/incident", "incidents:write"],
  ["PATCH /api/v1/incident-updates/{id}", "incidents:write", { isPinned: true }],
  ["GET /api/v1/deploys", "read"],
  ["POST /api/v1/deploys", "incidents:write", { service: "shop-api", version: "2.4.1" }],
  ["GET /api/v1/incidents/{id}/postmortem", "read"],
  ["PUT /api/v1/incidents/{id}/postmortem", "incidents:write", { rootCause: "A deploy" }],
  ["POST /api/v1/incidents/{id}/postmortem/publish", "incidents:write", { visibility: "internal" }],
  ["POST /api/v1/incidents/{id}/postmortem/unpublish", "incidents:write"],
  ["GET /api/v1/incidents/{id}/postmortem.md", "read"],
  ["GET /api/v1/incidents/{id}/actions", "read"],
  ["POST /api/v1/incidents/{id}/actions", "incidents:write", { title: "Page on lag" }],
  ["GET /api/v1/incident-actions", "read"],
  ["PATCH /api/v1/incident-actions/{id}", "incidents:write", { isDone: true }],
  ["DELETE /api/v1/incident-actions/{id}", "incidents:write"],
  ["GET /api/v1/incidents/figures", "read"],
  ["GET /api/v1/status-page", "read"],
  ["PATCH /api/v1/status-page", "admin", { title: "Changed" }],
  ["GET /api/v1/status-components", "read"],
  ["POST /api/v1/status-components", "incidents:write", COMPONENT],
  ["PUT /api/v1/status-components/order", "incidents:write", ORDER],
  ["GET /api/v1/status-components/{id}", "read"],
  ["PATCH /api/v1/status-components/{id}", "incidents:write", { label: "Changed" }],
  ["DELETE /api/v1/status-components/{id}", "incidents:write"],
  ["GET /api/status.json", "public"],
  ["GET /api/v2/summary.json", "public"],
  ["GET /api/v2/status.json", "public"],
  ["GET /api/v1/projects", "read"],
  ["POST /api/v1/projects", "admin", { name: "Made" }],
  ["GET /api/v1/projects/{id}", "read"],
  ["PATCH /api/v1/projects/{id}", "admin", { platform: "node" }],
  ["DELETE /api/v1/projects/{id}", "admin"],
  ["POST /api/v1/projects/{id}/keys", "admin", { label: "Another" }],
  ["DELETE /api/v1/project-keys/{id}", "admin"],
  ["POST /api/{id}/envelope", "public"],
  ["POST /api/{id}/store", "public"],
  ["GET /api/v1/errors", "read"],
  ["GET /api/v1/errors/{id}", "read"],
  ["GET /api/v1/errors/{id}/events", "read"],
  ["GET /api/v1/error-events/{id}", "read"],
  ["GET /api/v1/error-events/{id}/logs", "read"],
  ["POST /api/v1/errors/{id}/resolve", "errors:write", {}],
  ["POST /api/v1/errors/{id}/ignore", "errors:write", { events: 5 }],
  ["POST /api/v1/errors/{id}/reopen", "errors:write"],
  ["PUT /api/v1/errors/{id}/assignee", "errors:write", { assigneeId: null }],
  ["PUT /api/v1/errors/{id}/incident", "errors:write", LINKED],
  ["POST /api/v1/errors/{id}/comments", "errors:write", { message: "Seen" }],
  ["POST /api/v1/errors/{id}/merge", "errors:write", MERGED],
  ["POST /api/v1/user-data/delete", "admin", { user: "nobody@example.com" }],
  ["GET /api/v1/logs", "read"],
  ["POST /api/v1/logs", "logs:write", [{ message: "hello" }]],
  ["POST /api/otlp/v1/logs", "logs:write", { resourceLogs: [] }],
  ["GET /api/v1/users", "admin"],
  ["POST /api/v1/users", "admin", { email: "made@example.com", role: "viewer" }],
  ["GET /api/v1/users/{id}", "admin"],
  ["PATCH /api/v1/users/{id}", "admin", { name: "Changed" }],
  ["DELETE /api/v1/users/{id}", "admin"],
  ["GET /api/v1/tokens", "admin"],
  ["POST /api/v1/tokens", "admin", { name: "made", scopes: ["read"] }],
  ["DELETE /api/v1/tokens/{id}", "admin"],
  ["GET /api/v1/audit", "admin"],
  ["GET /api/v1/audit/verification", "admin"],
  ["POST /api/slack/interactions", "public"],
  ["GET /api/v1/stream", "read"],
];

/** The scopes whose token may do what needs a scope. */
const GRANTS: Record<Scope, Scope[]> = {
  read: ["read", "admin"],
  "checks:write": ["checks:write", "admin"],
  "metrics:write": ["metrics:write", "admin"],
  "incidents:write": ["incidents:write", "admin"],
  "alerts:write": ["alerts:write", "admin"],
  "errors:write": ["errors:write", "admin"],
  "logs:write": ["logs:write", "admin"],
  admin: ["admin"],
};
const SESSION_MAY_READ: Record<Role, Scope[]> = { viewer: ["read"], editor: ["read"], admin: ["read", "admin"] };
const GOOD = [200, 201, 202, 204];
const ROLES: Role[] = ["viewer", "editor", "admin"];

const context = await createTestContext();
const tokens = new Map<Scope, string>();

beforeAll(async () => {
  for (const scope of SCOPES) tokens.set(scope, (await makeToken(context, { scopes: [scope] })).token);
  await makeUser(context, { role: "admin" });
  COMPONENT.checkIds = [await idFor("/api/v1/checks")];
  LINKED.incidentId = (await declareIncident(context, INCIDENT)).id;
  MERGED_INTO.intoId = LINKED.incidentId;
  setProcessChanges({ ready: Promise.resolve(), subscribe: () => () => undefined, close: () => Promise.resolve() });
  return () => setProcessChanges(undefined);
});

async function addEntry(): Promise<string> {
  const { id } = await declareIncident(context, INCIDENT);
  return (await addUpdate(context, { id, message: "Looking" })).updateId;
}

async function addPostmortem(): Promise<string> {
  const { id } = await declareIncident(context, INCIDENT);
  await savePostmortem(context, { id });
  return id;
}

async function addActionItem(): Promise<string> {
  const { id } = await declareIncident(context, INCIDENT);
  return (await addAction(context, { id, title: "Page on lag" })).id;
}

async function addError(): Promise<string> {
  const project = await makeProject(context);
  MERGED.ids = [await sendOne(context, project, thrown("another"))];
  return sendOne(context, project, thrown("it"));
}

async function addErrorEvent(): Promise<string> {
  const id = crypto.randomUUID();
  await sendOne(context, await makeProject(context), thrown("it", { event_id: id }));
  return id;
}

/** A new thing of the kind that the path is about, so that one call does not take away what the next needs. */
async function idFor(path: string): Promise<string> {
  if (path.startsWith("/api/v1/users")) return (await makeUser(context)).id;
  if (path.startsWith("/api/v1/anomalies")) return (await addAnomaly(context)).id;
  if (path.startsWith("/api/v1/tokens")) return (await makeToken(context)).id;
  if (path.endsWith("publish")) return addPostmortem();
  if (path.startsWith("/api/v1/incident-actions")) return addActionItem();
  if (path.startsWith("/api/v1/incidents")) return (await declareIncident(context, INCIDENT)).id;
  if (path.startsWith("/api/v1/incident-updates")) return addEntry();
  if (path.startsWith("/api/v1/errors")) return addError();
  if (path.startsWith("/api/v1/error-events")) return addErrorEvent();
  if (path.startsWith("/api/v1/project-keys")) return (await makeProject(context)).keys[0]?.id ?? "";
  if (path.startsWith("/api/v1/projects") || path.startsWith("/api/{id}/"))
    return String((await makeProject(context)).id);
  if (path.startsWith("/api/v1/alerts")) return (await addAlert(context)).id;
  if (path.startsWith("/api/v1/notification-messages")) return addFailedMessage(context);
  if (path.startsWith("/api/v1/rules")) return (await createRule(context, RULE)).id;
  if (path.startsWith("/api/v1/channels")) return (await createChannel(context, CHANNEL)).id;
  if (path.startsWith("/api/v1/silences")) return (await createSilence(context, silenceInput.parse(SILENCE))).id;
  if (path.startsWith("/api/v1/status-components")) return (await createComponent(context, COMPONENT)).id;
  if (path.startsWith("/api/v1/maintenance-windows")) return (await createMaintenance(context, WINDOW)).id;
  return (await createCheck(context, { type: "http", label: "A check", config: { url: "http://127.0.0.1:1/" } })).id;
}

async function call(
  endpoint: string,
  body: object | undefined,
  how: Parameters<typeof callApi>[2],
  id?: string,
): Promise<number> {
  const address = endpoint.includes("{id}")
    ? endpoint.replace("{id}", id ?? (await idFor(endpoint.split(" ")[1] ?? "")))
    : endpoint;
  if (body === ORDER) ORDER.ids = (await listComponents(context)).map(({ id: one }) => one);
  const unique = body && "email" in body ? { ...body, email: `${crypto.randomUUID()}@example.com` } : named(body);
  return (await callApi(context, address, { ...how, body: unique })).status;
}

/** A project's name is its own. */
const named = (body: object | undefined) =>
  body && "name" in body && body.name === "Made" ? { name: crypto.randomUUID() } : body;

const withoutQuery = (endpoint: string) => endpoint.split("?")[0];

test("every endpoint has its line, and every line its endpoint, with the scope that is declared", () => {
  const declared = ENDPOINTS.map(({ method, path, scope }) => `${method} ${path}: ${scope}`);
  expect(TABLE.map(([endpoint, scope]) => `${withoutQuery(endpoint)}: ${scope}`).sort()).toEqual(declared.sort());
});

/** A call that Slack did not sign is refused, whoever sends it; a push of an event by whoever has not the project's key. */
const PUBLIC = (endpoint: string) =>
  /\/(slack|\{id\})\//.test(endpoint) && !endpoint.includes("/v1/") ? [400, 401] : [200, 503];

describe.each(TABLE)("%s needs %s", (endpoint, scope, body) => {
  const isRead = endpoint.startsWith("GET");
  const isPublic = scope === "public";

  test("nobody", async () => {
    const status = await call(endpoint, body, {});
    if (isPublic) expect(PUBLIC(endpoint)).toContain(status);
    // Oh Dear's own word for a missing secret header is 403.
    else expect(status).toBe(endpoint === "GET /api/health" ? 403 : 401);
  });

  test("an unknown token", async () => {
    const status = await call(endpoint, body, { token: "wk_nobodys", sessionActor: userActor("admin") });
    if (isPublic) expect(PUBLIC(endpoint)).toContain(status);
    else expect(status).toBe(401);
  });

  test.each(SCOPES)("a token with the scope %s", async (given) => {
    const status = await call(endpoint, body, { token: tokens.get(given) });
    if (isPublic) expect(PUBLIC(endpoint)).toContain(status);
    else if (GRANTS[scope].includes(given)) expect(GOOD).toContain(status);
    else expect(status).toBe(403);
  });

  test.each(ROLES)("the session of a %s", async (role) => {
    const status = await call(endpoint, body, { sessionActor: async () => userActor(role) });
    if (isPublic) expect(PUBLIC(endpoint)).toContain(status);
    else if (!isRead) expect(status).toBe(401);
    else expect(status).toBe(SESSION_MAY_READ[role].includes(scope) ? 200 : 403);
  });
});

/** A path of a project without its number is nobody's at all. */
describe.each(TABLE.filter(([endpoint, scope]) => endpoint.includes("{id}") && scope !== "public"))(
  "%s",
  (endpoint, _, body) => {
    test.each([crypto.randomUUID(), "nothing", "%00", "%E0%A4%A", "..%2F..", "'%20OR%201=1"])(
      "%s is nobody's id",
      async (id) => {
        expect(await call(endpoint, body, { token: tokens.get("admin") }, id)).toBe(404);
      },
    );
  },
);
