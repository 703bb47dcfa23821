import { expect, test } from "vitest";
import { z } from "zod";
import { revokeToken } from "@/lib/access/revoke-token";
import type { Actor } from "@/lib/core/actor";
import { openDatabase } from "@/lib/db/client";
import { SILENT } from "@/lib/core/log";
import { makeToken, userActor } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import type { Caller } from "./authenticate";
import { defineEndpoint } from "./define-endpoint";
import { createApi } from "./handle-api";

const context = await createTestContext();

/** Calls an endpoint whose answer lasts. @returns what asks again who its caller is */
async function open(caller: Caller, headers: Record<string, string> = {}, asked = context) {
  let findActor: (() => Promise<Actor | null>) | undefined;
  const api = createApi([
    defineEndpoint({
      method: "GET",
      path: "/api/v1/lasting",
      scope: "read",
      tag: "x",
      summary: "x",
      response: z.unknown(),
      handle: async (_, call) => void (findActor = call.findActor),
    }),
  ]);
  const response = await api(asked, new Request("http://x/api/v1/lasting", { headers }), caller);
  expect(response?.status).toBe(204);
  if (!findActor) throw new Error("the endpoint was not called");
  return findActor;
}

test("a token that is revoked while an answer lasts is nobody from then on", async () => {
  const { id, token } = await makeToken(context);
  const findActor = await open({}, { Authorization: `Bearer ${token}` });
  expect(await findActor()).toMatchObject({ kind: "token", id });
  await revokeToken(context, { id });
  expect(await findActor()).toBeNull();
});

test("a session that ends is nobody, and one whose role changes is asked anew", async () => {
  const answers: (Actor | null)[] = [userActor("admin"), userActor("viewer"), null];
  const findActor = await open({ sessionActor: async () => answers.shift() });
  expect(await findActor()).toMatchObject({ role: "viewer" });
  expect(await findActor()).toBeNull();
});

test("while the database is away nobody knows: that is thrown, and no end", async () => {
  const { token } = await makeToken(context);
  const database = openDatabase(context.databaseUrl, { name: "test", log: SILENT, max: 2 });
  const own = { ...context, db: database.db, sql: database.sql };
  const findActor = await open({}, { Authorization: `Bearer ${token}` }, own);
  await database.close();
  own.advance(60);
  await expect(findActor()).rejects.toThrow();
});
