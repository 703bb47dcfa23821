import { createHash } from "node:crypto";
import { request } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import { addUpdate } from "@/lib/incidents/add-update";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { userActor } from "@/lib/testing/actors";
import { addCheck } from "@/lib/testing/checks";
import { startStatusServer } from "@/lib/testing/status-server";
import { createTestContext } from "@/lib/testing/test-context";
import { REFRESH_MS } from "./status-keeper";
import { updateStatusSettings } from "./settings";
import { createComponent } from "./write-component";

const context = await createTestContext();
context.setNow("2028-02-29T14:02:00Z");
const url = await startStatusServer(context);

const PATHS = ["/status", "/status/feed.atom", "/api/status.json", "/api/v2/summary.json", "/api/v2/status.json"];
/** What is shown may be so old: past it the next request reads anew. */
const later = () => context.advance(REFRESH_MS / 1000);

beforeAll(async () => {
  const check = await addCheck(context, {
    label: "db-primary.internal",
    key: "db-primary",
    status: "ok",
    lastResultAt: context.now(),
  });
  await context.sql.query(
    "INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES (gen_random_uuid(), 'h', 1, $1, $1)",
    [new Date("2029-01-01T00:00:00Z")],
  );
  await createComponent(context, { label: "Payments", checkIds: [check.id] });
});

/** Without a cache, a redirect or decoding in between. */
function ask(
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((done, fail) => {
    request(`${url}${path}`, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on("error", fail)
      .end();
  });
}

describe.each(PATHS)("%s", (path) => {
  test("is everybody's, may be kept for seconds, and is not sent to who has it", async () => {
    const first = await ask(path);
    expect(first.status).toBe(200);
    expect(first.headers["cache-control"]).toMatch(/^public, max-age=10, stale-while-revalidate=/);
    expect(first.headers["x-content-type-options"]).toBe("nosniff");
    expect(first.headers["vary"]).toBe("Accept-Encoding");
    expect(first.headers["set-cookie"]).toBeUndefined();
    const etag = String(first.headers["etag"]);
    const again = await ask(path, { headers: { "if-none-match": `"other", W/${etag}` } });
    expect([again.status, again.body.length, again.headers["etag"]]).toEqual([304, 0, etag]);
  });

  test("is compressed as the client takes it, each form under a tag of its own", async () => {
    const forms = await Promise.all(
      ["br, gzip", "gzip;q=0.5, br;q=0", "identity"].map((accept) =>
        ask(path, { headers: { "accept-encoding": accept } }),
      ),
    );
    expect(forms.map(({ headers }) => headers["content-encoding"])).toEqual(["br", "gzip", undefined]);
    expect(new Set(forms.map(({ headers }) => headers["etag"])).size).toBe(3);
    for (const { headers, body } of forms) expect(headers["content-length"]).toBe(String(body.length));
  });

  test("HEAD is GET without the body; nothing else is allowed", async () => {
    const head = await ask(path, { method: "HEAD" });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers["etag"]).toBe((await ask(path)).headers["etag"]);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const refused = await ask(path, { method });
      expect([refused.status, refused.headers["allow"]], method).toEqual([405, "GET, HEAD, OPTIONS"]);
    }
    expect((await ask(path, { method: "OPTIONS" })).status).toBe(204);
  });
});

test("the page runs no script and takes none; its own stylesheet is the one that its policy lets in", async () => {
  const { headers, body } = await ask("/status");
  const [, css = ""] = /<style>([^]*?)<\/style>/.exec(body.toString()) ?? [];
  const hash = createHash("sha256").update(css).digest("base64");
  expect(css).toContain("--accent:#2563eb");
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; /);
  expect(headers["content-security-policy"]).toContain(`style-src 'sha256-${hash}';`);
  expect(body.toString()).not.toMatch(/<script|\sstyle=/);
});

test("what is not there is 404, for people as a page, for programs as a problem", async () => {
  for (const path of ["/status/nothing", "/status/incidents/999", "/status/incidents/0x1"]) {
    const { status, headers } = await ask(path);
    expect([status, headers["content-type"]], path).toEqual([404, "text/html; charset=utf-8"]);
  }
  expect((await ask("/api/v2/incidents.json")).status).toBe(404);
  // Somebody else's.
  expect((await ask("/statuses")).body.length).toBe(0);
});

test("an incident shows on the page what was written for the public, and nothing of what was not", async () => {
  const ada = context.as({ ...userActor("editor"), id: (await makeLead()).id, name: "Ada Internal" });
  const check = await context.db.healthCheck.findFirstOrThrow({});
  const incident = await declareIncident(ada, {
    title: "Cards are refused",
    severity: "high",
    visibility: "public",
    description: "internal: the primary lost its disk",
    checks: [{ checkId: check.id, impact: "partial" }],
  });
  await addUpdate(ada, { id: incident.id, message: "We **know** of it.", status: "identified" });
  await addUpdate(ada, { id: incident.id, message: "internal: password rotated", isPublic: false });
  await context.db.incidentUpdate.updateMany({
    where: { incidentId: incident.id },
    data: { annotation: "internal: note" },
  });
  await context.db.incidentUpdate.create({
    data: {
      incidentId: incident.id,
      source: "alert",
      ref: "1",
      message: "internal: alert fired",
      isPublic: true,
      link: "/alerts/internal",
    },
  });
  await declareIncident(ada, { title: "internal: certificates", severity: "critical" });
  later();
  const texts = await Promise.all(
    [...PATHS, `/status/incidents/${incident.number}`].map(async (path) => (await ask(path)).body.toString()),
  );
  for (const text of texts.slice(0, 4)) expect(text).toContain("Cards are refused");
  expect(texts[0]).toContain("<strong>know</strong>");
  expect(texts[5]).toContain("We <strong>know</strong> of it.");
  for (const text of texts) expect(text).not.toMatch(/internal|Ada/i);
  expect(JSON.parse(texts[3] ?? "")).toMatchObject({ status: { indicator: "major" } });
});

async function makeLead() {
  return context.db.user.create({
    data: { email: "ada@internal.example", name: "Ada Internal", role: "editor", passwordHash: "$none$" },
  });
}

test("requests within ten seconds cost no query", async () => {
  await ask("/status");
  const before = await countStatements();
  await Promise.all(Array.from({ length: 200 }, (_, index) => ask(PATHS[index % PATHS.length] ?? "")));
  // The one that counts.
  expect((await countStatements()) - before).toBe(1);
});

/** Statements that this database's pool has sent. */
let sent = 0;
context.sql.on("acquire", () => (sent += 1));
async function countStatements(): Promise<number> {
  await context.sql.query("SELECT 1");
  return sent;
}

test("switched off, the page is not there; switched on again it is", async () => {
  await updateStatusSettings(context, { enabled: false });
  later();
  for (const path of PATHS) expect((await ask(path)).status, path).toBe(404);
  await updateStatusSettings(context, { enabled: true, title: "Shop & <b>Co</b>" });
  later();
  expect((await ask("/status")).body.toString()).toContain("<h1>Shop &amp; &lt;b&gt;Co&lt;/b&gt;</h1>");
});
