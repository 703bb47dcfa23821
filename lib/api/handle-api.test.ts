import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "@/lib/core/errors";
import type { Logger } from "@/lib/core/log";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { makeToken, userActor } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { defineEndpoint } from "./define-endpoint";
import { createApi, handleApi } from "./handle-api";
import { MAX_BODY_BYTES } from "./read-body";

const context = await createTestContext();
let admin = "";
beforeAll(async () => {
  admin = (await makeToken(context, { scopes: ["admin"] })).token;
});

describe("paths and methods", () => {
  test("an unknown path under /api/v1 is a problem, any other is left to whoever comes next", async () => {
    const { status, headers, json } = await callApi(context, "GET /api/v1/nothing");
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json).toEqual({
      type: "about:blank",
      title: "Not Found",
      status: 404,
      detail: "There is no such endpoint.",
      instance: "/api/v1/nothing",
      issues: [],
    });
    expect(await handleApi(context, new Request("http://x/api/auth/session"))).toBeUndefined();
  });

  test("another method is refused with those that there are", async () => {
    const { status, headers } = await callApi(context, "PUT /api/v1/users", { token: admin, body: {} });
    expect([status, headers.get("allow")]).toEqual([405, "GET, POST, HEAD, OPTIONS"]);
    const options = await callApi(context, "OPTIONS /api/v1/users/x");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, PATCH, DELETE, HEAD, OPTIONS"]);
  });

  test("HEAD answers as GET does, without the body; a slash at the end is the same path", async () => {
    const { status, headers, text } = await callApi(context, "HEAD /api/v1/users/", { token: admin });
    expect([status, headers.get("content-type"), text]).toEqual([200, "application/json", ""]);
  });

  test("nothing is kept by a cache or taken for something else", async () => {
    for (const path of ["/api/live", "/api/v1/nothing", "/api/v1/users"]) {
      const { headers } = await callApi(context, `GET ${path}`);
      expect([headers.get("cache-control"), headers.get("x-content-type-options")]).toEqual(["no-store", "nosniff"]);
    }
  });
});

describe("who calls", () => {
  test("a refusal says how to authenticate", async () => {
    const { status, headers } = await callApi(context, "GET /api/v1/checks");
    expect([status, headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });

  test.each(["Basic YTpi", "Bearer", "Bearer a b", "wk_x"])(
    "the header %j does not fall back on the session",
    async (authorization) => {
      const { status } = await callApi(context, "GET /api/v1/checks", {
        headers: { authorization },
        sessionActor: userActor("admin"),
      });
      expect(status).toBe(401);
    },
  );

  test("a session may read and not write, whatever its role", async () => {
    const session = { sessionActor: userActor("admin") };
    expect((await callApi(context, "GET /api/v1/users", session)).status).toBe(200);
    const refused = await callApi(context, "POST /api/v1/users", {
      ...session,
      body: { email: "a@example.com", role: "admin" },
    });
    expect(refused.status).toBe(401);
    expect(refused.json).toMatchObject({ detail: expect.stringContaining("may only read") });
  });

  test("the session is not asked for when a token is there, or nobody needs to know", async () => {
    const sessionActor = () => Promise.reject(new Error("asked"));
    expect((await callApi(context, "GET /api/v1/users", { token: admin, sessionActor })).status).toBe(200);
    expect((await callApi(context, "GET /api/live", { token: "wk_wrong", sessionActor })).status).toBe(200);
  });

  test("the audit has the address that called", async () => {
    await callApi(context, "POST /api/v1/tokens", {
      token: admin,
      address: "192.0.2.9",
      body: { name: "x", scopes: ["read"] },
    });
    expect(await context.db.auditEntry.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
      action: "token.create",
      actorKind: "token",
      address: "192.0.2.9",
    });
  });
});

describe("bodies", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    callApi(context, "POST /api/v1/tokens", { token: admin, body, headers });

  test("a wrong field is named", async () => {
    const { status, json } = await post(JSON.stringify({ name: "", scopes: ["root"], colour: "red" }));
    expect(status).toBe(422);
    expect(json).toMatchObject({
      title: "Unprocessable Content",
      issues: [{ path: "name" }, { path: "scopes.0" }, { path: "", message: expect.stringContaining("colour") }],
    });
  });

  test.each([
    ["no JSON", "{", {}, 400],
    ["nothing", "", {}, 400],
    ["another type", "name=x", { "Content-Type": "application/x-www-form-urlencoded" }, 415],
    ["an encoding", "{}", { "Content-Encoding": "gzip" }, 415],
    [
      "a charset",
      JSON.stringify({ name: "x", scopes: ["read"] }),
      { "Content-Type": "application/json; charset=utf-8" },
      201,
    ],
    ["a null character", '{"name":"a\\u0000b","scopes":["read"]}', {}, 422],
    ["half a surrogate pair", '{"name":"a\\ud800b","scopes":["read"]}', {}, 422],
    ["too much", JSON.stringify({ name: "x".repeat(MAX_BODY_BYTES) }), {}, 413],
    ["too much by its own word", "{}", { "Content-Length": String(MAX_BODY_BYTES + 1) }, 413],
  ])("%s", async (_, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status);
  });

  test("what is too long is not read to its end", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(100_000).fill(32))),
    });
    const init = {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { Authorization: `Bearer ${admin}`, "Content-Type": "application/json" },
    };
    const response = await handleApi(context, new Request("http://x/api/v1/tokens", init));
    expect(response?.status).toBe(413);
    expect(pulled).toBeLessThan(20);
  });

  test("a query is parsed too", async () => {
    expect((await callApi(context, "GET /api/v1/users?limit=0", { token: admin })).status).toBe(422);
    expect((await callApi(context, "GET /api/v1/users?colour=red", { token: admin })).status).toBe(422);
    expect((await callApi(context, "GET /api/v1/users?cursor=%00", { token: admin })).status).toBe(422);
    expect((await callApi(context, "GET /api/v1/users?cursor=a&cursor=b", { token: admin })).status).toBe(422);
  });
});

describe("what goes wrong", () => {
  const failing = (error: unknown) =>
    createApi([
      defineEndpoint({
        method: "GET",
        path: "/api/v1/x",
        scope: "public",
        tag: "x",
        summary: "x",
        response: z.unknown(),
        handle: async () => {
          throw error;
        },
      }),
    ]);
  const get = (error: unknown, log: Logger = SILENT) =>
    failing(error)({ ...context, log }, new Request("http://x/api/v1/x"));

  test("an unknown error shows a reference to the log and nothing of its inside", async () => {
    const logged: unknown[] = [];
    const log: Logger = { ...SILENT, error: (fields: unknown) => void logged.push(fields) };
    const response = await get(new Error("secret inside"), log);
    const body = z
      .object({ reference: z.uuid(), detail: z.string() })
      .loose()
      .parse(await response?.json());
    expect(response?.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("secret inside");
    expect(logged).toEqual([
      expect.objectContaining({
        reference: body.reference,
        err: expect.objectContaining({ message: "secret inside" }),
      }),
    ]);
  });

  test.each([
    [new Problem("conflict", "taken"), 409],
    [new Problem("not-found", "none"), 404],
    [new Problem("unavailable", "later"), 503],
    ["a text", 500],
    [undefined, 500],
  ])("%s is %i", async (error, status) => {
    const response = await get(error);
    expect([response?.status, response?.headers.has("retry-after")]).toEqual([status, status === 503]);
  });

  test("a database that is away is 503 with Retry-After, also for the token itself; liveness does not ask it", async () => {
    const away = openDatabase("postgresql://nobody@127.0.0.1:1/nothing", { name: "test", log: SILENT });
    const without = { ...context, db: away.db, sql: away.sql };
    const { status, headers, json } = await callApi(without, "GET /api/v1/users", { token: admin });
    expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
    expect(json).toMatchObject({ title: "Service Unavailable" });
    expect((await callApi(without, "GET /api/v1/users", { sessionActor: userActor("admin") })).status).toBe(503);
    expect((await callApi(without, "GET /api/live")).json).toEqual({ status: "live" });
    const readiness = await callApi(without, "GET /api/ready");
    expect(readiness.status).toBe(503);
    expect(readiness.json).toMatchObject({
      ready: false,
      database: { ok: false, message: "The database cannot be reached." },
    });
    await away.close();
  });
});
