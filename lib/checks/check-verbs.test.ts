import { describe, beforeEach, expect, test } from "vitest";
import { ANONYMOUS } from "@/lib/core/actor";
import { tokenActor, userActor } from "@/lib/testing/actors";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { createCheck } from "./create-check";
import { deleteCheck } from "./delete-check";
import { getCheck } from "./get-check";
import { MASK } from "./mask-config";
import { pauseCheck, resumeCheck } from "./pause-check";
import { runCheckNow } from "./run-check-now";
import { updateCheck } from "./update-check";
import { clearAudit } from "@/lib/testing/clear-audit";

const context = await createTestContext();
const target = await startTarget();
const editor = context.as(userActor("editor"));
const viewer = context.as(userActor("viewer"));

const shop = {
  type: "http",
  label: "Shop: Café & Co",
  config: { url: "https://bob:s3cret@shop.example/", headers: { Authorization: "Bearer x" } },
};

beforeEach(async () => {
  await context.sql.query("DELETE FROM health_checks");
  await clearAudit(context.sql);
  context.setNow("2026-11-23T12:00:00Z");
});

const audit = () => context.db.auditEntry.findMany({ orderBy: { id: "asc" } });

describe("creating", () => {
  test("makes a check that is due at once, with a key of its label, defaults, masked secrets and an audit row", async () => {
    const check = await createCheck(editor, shop);
    expect(check).toMatchObject({
      key: "shop-cafe-co",
      type: "http",
      origin: "database",
      config: { url: `https://bob:${MASK}@shop.example/`, headers: { Authorization: MASK } },
      intervalSeconds: 300,
      timeoutSeconds: 4,
      failureThreshold: 1,
      status: null,
      lastResult: null,
      pausedAt: null,
      nextDueAt: new Date("2026-11-23T12:00:00Z"),
    });
    expect((await createCheck(editor, shop)).key).toBe("shop-cafe-co-2");
    expect(await getCheck(viewer, { id: "shop-cafe-co" })).toEqual(check);
    const [entry] = await audit();
    expect(entry).toMatchObject({
      action: "check.create",
      subjectId: check.id,
      actorName: "A editor",
      after: { label: shop.label },
    });
    expect(JSON.stringify(entry?.after)).not.toContain("s3cret");
  });

  test.each([
    ["no type", { label: "x", config: {} }, ["type"]],
    ["an unknown type", { ...shop, type: "teapot" }, ["type"]],
    ["a wrong field of the config", { ...shop, config: { url: "not a url" } }, ["config.url"]],
    ["a missing field of the config", { ...shop, config: {} }, ["config.url"]],
    [
      "a misspelt field of the config",
      { ...shop, config: { url: "https://a.example", metod: "GET" } },
      ["config.metod"],
    ],
    [
      "a deep one",
      { ...shop, config: { url: "https://a.example", acceptedStatuses: ["200", "abc"] } },
      ["config.acceptedStatuses.1"],
    ],
    ["too short an interval", { ...shop, intervalSeconds: 9 }, ["intervalSeconds"]],
    ["a bad key", { ...shop, key: "Not a key" }, ["key"]],
    ["a key like an id", { ...shop, key: "123e4567-e89b-42d3-a456-426614174000" }, ["key"]],
    [
      "several at once",
      { type: "http", label: " ", config: { url: "x" }, timeoutSeconds: 0, failureThreshold: 1.5 },
      ["label", "timeoutSeconds", "failureThreshold", "config.url"],
    ],
  ])("%s is refused at its field", async (_, input, paths) => {
    await expect(createCheck(editor, input)).rejects.toMatchObject({
      kind: "invalid",
      issues: paths.map((path) => ({ path })),
    });
    expect(await audit()).toEqual([]);
  });

  test("a key that is taken is a conflict", async () => {
    await createCheck(editor, { ...shop, key: "shop" });
    await expect(createCheck(editor, { ...shop, key: "shop" })).rejects.toMatchObject({
      kind: "conflict",
      issues: [{ path: "key" }],
    });
  });
});

describe("changing", () => {
  test("keeps masked secrets, takes new ones, runs at once and takes the lease away", async () => {
    const { id, config } = await createCheck(editor, shop);
    await context.db.healthCheck.update({
      where: { id },
      data: { nextDueAt: new Date("2030-01-01"), leaseOwner: id, leaseUntil: new Date("2030-01-01") },
    });
    context.advance(60);
    const changed = await updateCheck(editor, {
      id,
      label: "Shop",
      intervalSeconds: 60,
      config: { ...config, method: "HEAD" },
    });
    expect(changed).toMatchObject({ label: "Shop", intervalSeconds: 60, timeoutSeconds: 4, nextDueAt: context.now() });
    expect(await context.db.healthCheck.findUnique({ where: { id } })).toMatchObject({
      config: { ...shop.config, method: "HEAD" },
      leaseOwner: null,
    });
    expect((await audit()).at(-1)).toMatchObject({
      action: "check.update",
      before: { label: shop.label },
      after: { label: "Shop" },
    });
  });

  test("a masked password next to a changed host must be typed again", async () => {
    const { id } = await createCheck(editor, shop);
    const change = { id, config: { url: `https://bob:${MASK}@evil.example/` } };
    await expect(updateCheck(editor, change)).rejects.toMatchObject({
      kind: "invalid",
      issues: [{ path: "config.url" }],
    });
  });

  test("a key may change to a free one only", async () => {
    await createCheck(editor, { ...shop, key: "one" });
    await createCheck(editor, { ...shop, key: "two" });
    await expect(updateCheck(editor, { id: "two", key: "one" })).rejects.toMatchObject({ kind: "conflict" });
    expect(await updateCheck(editor, { id: "two", key: "three" })).toMatchObject({ key: "three" });
  });

  test("what there is not is not found", async () => {
    for (const id of ["nope", "123e4567-e89b-42d3-a456-426614174000"]) {
      await expect(updateCheck(editor, { id, label: "x" })).rejects.toMatchObject({ kind: "not-found" });
    }
  });
});

test("pausing and resuming: an audit row for each change, none for none, and a run at once afterwards", async () => {
  const { id } = await createCheck(editor, shop);
  expect(await pauseCheck(editor, { id })).toMatchObject({ pausedAt: context.now() });
  await pauseCheck(editor, { id });
  context.advance(3_600);
  expect(await resumeCheck(editor, { id })).toMatchObject({ pausedAt: null, nextDueAt: context.now() });
  expect((await audit()).map((entry) => entry.action)).toEqual(["check.create", "check.pause", "check.resume"]);
});

test("running one now stores a result and moves the state", async () => {
  const { id } = await createCheck(editor, { ...shop, config: { url: target.url }, failureThreshold: 2 });
  expect(await runCheckNow(editor, { id })).toMatchObject({
    status: "ok",
    lastResult: { status: "ok", meta: { statusCode: 200 } },
  });
  target.status = 500;
  expect(await runCheckNow(editor, { id })).toMatchObject({
    status: "ok",
    consecutiveFailures: 1,
    lastResult: { status: "failed" },
  });
  expect(await runCheckNow(editor, { id })).toMatchObject({ status: "failed", consecutiveFailures: 2 });
  target.status = 200;
  expect(await runCheckNow(editor, { id })).toMatchObject({ status: "ok", consecutiveFailures: 0 });
  expect(await context.db.healthCheckResult.count()).toBe(4);
});

test("deleting takes the results along", async () => {
  const { id } = await createCheck(editor, { ...shop, config: { url: target.url } });
  await runCheckNow(editor, { id });
  await deleteCheck(editor, { id });
  expect(await context.db.healthCheckResult.count()).toBe(0);
  expect((await audit()).at(-1)).toMatchObject({ action: "check.delete", before: { key: "shop-cafe-co" } });
  await expect(getCheck(viewer, { id })).rejects.toMatchObject({ kind: "not-found" });
  // No key can hold this, and no statement either.
  await expect(getCheck(viewer, { id: "shop\0" })).rejects.toMatchObject({ kind: "not-found" });
});

test("a check of the file can be paused, resumed and run, and nothing else", async () => {
  const { id } = await addCheck(context, { origin: "file", config: { url: target.url } });
  await expect(updateCheck(editor, { id, label: "x" })).rejects.toMatchObject({ kind: "conflict" });
  await expect(deleteCheck(editor, { id })).rejects.toMatchObject({ kind: "conflict" });
  await pauseCheck(editor, { id });
  await resumeCheck(editor, { id });
  expect(await runCheckNow(editor, { id })).toMatchObject({ status: "ok" });
});

test.each([
  ["createCheck", createCheck],
  ["updateCheck", updateCheck],
  ["deleteCheck", deleteCheck],
  ["pauseCheck", pauseCheck],
  ["resumeCheck", resumeCheck],
  ["runCheckNow", runCheckNow],
])("%s is refused to viewers, tokens that only read, and strangers, before anything is read", async (_, verb) => {
  for (const actor of [userActor("viewer"), tokenActor("read", "metrics:write")]) {
    await expect(verb(context.as(actor), { id: "nope" })).rejects.toMatchObject({ kind: "forbidden" });
  }
  await expect(verb(context.as(ANONYMOUS), { id: "nope" })).rejects.toMatchObject({ kind: "unauthenticated" });
});
