import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createMaintenance } from "@/lib/alerting/maintenance/maintenance";
import { ANONYMOUS } from "@/lib/core/actor";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { countCheckStates } from "./count-check-states";
import { CHECK_STATUSES, type CheckStatus } from "./define-check";
import { DISPLAYED_STATES, stateOf } from "./displayed-state";
import { getUptime } from "./get-uptime";
import { listCheckHistory } from "./list-check-history";
import { listCheckResults } from "./list-check-results";
import { listChecks } from "./list-checks";
import { listPhaseSeries } from "./list-phase-series";
import { readWatch } from "./watch";

const context = await createTestContext();
const now = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 43_200_000);
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

beforeEach(async () => {
  await context.sql.query("DELETE FROM health_checks");
  await context.sql.query("DELETE FROM workers");
  context.setNow(now);
});

async function addResult(
  checkId: string,
  secondsAgo: number,
  status: CheckStatus,
  more: { state?: CheckStatus; durationMs?: number; meta?: object } = {},
) {
  const { state = status, durationMs = 10, meta = {} } = more;
  await context.db.healthCheckResult.create({
    data: {
      checkId,
      scheduledAt: ago(secondsAgo),
      startedAt: ago(secondsAgo),
      durationMs,
      status,
      state,
      shortSummary: "",
      message: "",
      meta,
    },
  });
}

describe("listChecks", () => {
  test("pages by label, each check once", async () => {
    for (let index = 0; index < 25; index++) await addCheck(context, { label: `Check ${index % 5}` });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const answer = await listChecks(context, { limit: 7, ...(cursor && { cursor }) });
      expect(answer.items.length).toBeLessThanOrEqual(7);
      seen.push(...answer.items.map((check) => check.id));
      cursor = answer.next;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test("finds words anywhere in label, key and type, taking % and _ for what they are", async () => {
    await addCheck(context, { label: "Shop front", key: "eu-shop" });
    await addCheck(context, { label: "100% of it", type: "tcp" });
    const labels = async (query: string) => (await listChecks(context, { query })).items.map((check) => check.label);
    expect(await labels("front EU")).toEqual(["Shop front"]);
    expect(await labels("%")).toEqual(["100% of it"]);
    expect(await labels("tcp")).toEqual(["100% of it"]);
    expect(await labels("_")).toEqual([]);
    expect((await listChecks(context, { type: "tcp" })).items).toHaveLength(1);
  });

  test("its states are those that stateOf gives, with any worker, in maintenance and out of it", async () => {
    await createMaintenance(context, {
      label: "Upgrade",
      recurrence: "once",
      startsAt: ago(60),
      endsAt: ago(-60),
      matchers: [{ label: "check", op: "=~", value: "planned-.*" }],
    });
    await addCheck(context, { key: "planned-1", status: "failed", lastResultAt: ago(10) });
    await addCheck(context, { key: "planned-2", status: "ok", lastResultAt: ago(10), pausedAt: ago(5) });
    for (const status of [null, ...CHECK_STATUSES]) {
      for (const lastResultAt of [null, ago(10), ago(100), ago(200)]) {
        for (const pausedAt of [null, ago(5)])
          await addCheck(context, { status, lastResultAt, pausedAt, intervalSeconds: 60 });
      }
    }
    for (const lastSeenAt of [null, ago(91), ago(10)]) {
      await context.sql.query("DELETE FROM workers");
      if (lastSeenAt)
        await context.db.worker.create({
          data: { id: randomUUID(), host: "h", pid: 1, startedAt: lastSeenAt, lastSeenAt },
        });
      const { items } = await listChecks(context, { limit: 500 });
      const counts = await countCheckStates(context);
      expect(counts.maintenance).toBe(1);
      const watch = await readWatch(context);
      for (const state of DISPLAYED_STATES) {
        const expected = items.filter((check) => stateOf(check, now, watch) === state).map((check) => check.id);
        expect((await listChecks(context, { status: state, limit: 500 })).items.map((check) => check.id)).toEqual(
          expected,
        );
        expect(counts[state]).toBe(expected.length);
      }
    }
  });
});

test("results come newest first, a page at a time, within their times", async () => {
  const { id, key } = await addCheck(context);
  for (let index = 0; index < 5; index++) await addResult(id, index * 60, "ok", { meta: { index } });
  const first = await listCheckResults(context, { checkId: key, limit: 3 });
  expect(first.items.map((result) => result.meta["index"])).toEqual([0, 1, 2]);
  const second = await listCheckResults(context, { checkId: id, limit: 3, cursor: first.next });
  expect(second.items.map((result) => result.meta["index"])).toEqual([3, 4]);
  expect(second.next).toBeNull();
  const some = await listCheckResults(context, { checkId: id, from: ago(180), to: ago(60).toISOString() });
  expect(some.items.map((result) => result.meta["index"])).toEqual([1, 2, 3]);
});

test("uptime: warnings are up, skipped ones say nothing, none is null", async () => {
  const { id } = await addCheck(context);
  const { id: empty } = await addCheck(context);
  const statuses: CheckStatus[] = ["ok", "warning", "failed", "crashed", "skipped"];
  for (const [index, status] of statuses.entries()) await addResult(id, index * 60, status);
  await addResult(id, 86_401, "failed");
  const day = (days: number) =>
    new Date(
      ago(days * 86_400)
        .toISOString()
        .slice(0, 10),
    );
  await context.db.healthCheckDay.createMany({
    data: [
      { checkId: id, day: day(0), ok: 9, failed: 1, skipped: 50 },
      { checkId: id, day: day(6), ok: 9, warning: 1 },
      { checkId: id, day: day(7), crashed: 20 },
      { checkId: id, day: day(89), ok: 160 },
      { checkId: id, day: day(90), failed: 1_000 },
    ],
  });
  const uptime = await getUptime(context, { checkIds: [id, empty] });
  expect(uptime.get(id)).toEqual({ h24: 50, d7: 95, d30: 47.5, d90: 89.5 });
  expect(uptime.get(empty)).toEqual({ h24: null, d7: null, d30: null, d90: null });
  expect((await getUptime(context)).size).toBe(2);
});

describe("listCheckHistory", () => {
  test("many checks by one query; each piece has its worst state, counts and mean time, or null", async () => {
    const [a, b] = [await addCheck(context), await addCheck(context)];
    await addResult(a.id, 3_599, "ok", { durationMs: 10 });
    await addResult(a.id, 3_590, "failed", { state: "ok", durationMs: 30 });
    await addResult(a.id, 3_580, "skipped", { state: "ok", durationMs: 0 });
    await addResult(a.id, 1, "crashed", { durationMs: 7 });
    await addResult(a.id, 3_601, "failed");
    const history = await listCheckHistory(context, { checkIds: [a.id, b.id], from: ago(3_600), to: now, buckets: 6 });
    const strip = history.get(a.id) ?? [];
    expect(strip.map((piece) => piece.status)).toEqual(["ok", null, null, null, null, "crashed"]);
    expect(strip.map((piece) => piece.meanMs)).toEqual([20, null, null, null, null, 7]);
    expect(strip[0]).toMatchObject({ from: ago(3_600), to: ago(3_000), worst: "failed", ok: 1, failed: 1, crashed: 0 });
    expect(history.get(b.id)?.map((piece) => piece.status)).toEqual([null, null, null, null, null, null]);
  });

  test("pieces of days come from the days, which are kept longer", async () => {
    const { id } = await addCheck(context);
    const today = new Date(now.toISOString().slice(0, 10));
    await context.db.healthCheckDay.createMany({
      data: [
        { checkId: id, day: today, ok: 5, warning: 1 },
        { checkId: id, day: new Date(today.getTime() - 89 * 86_400_000), failed: 2, ok: 3 },
      ],
    });
    const history = await listCheckHistory(context, {
      checkIds: [id],
      from: new Date(now.getTime() - 89 * 86_400_000),
      to: now,
      buckets: 90,
    });
    const strip = history.get(id) ?? [];
    expect(strip).toHaveLength(90);
    expect(strip[0]).toMatchObject({ status: "failed", ok: 3, failed: 2 });
    expect(strip[89]).toMatchObject({ status: "warning", from: today, ok: 5 });
    expect(strip.filter((piece) => piece.status === null)).toHaveLength(88);
  });
});

test("durations and phases are means of each piece, phases in their order", async () => {
  const { id } = await addCheck(context);
  await addResult(id, 550, "ok", { durationMs: 10, meta: { phases: { dns: 1, connect: 2, firstByte: 5 } } });
  await addResult(id, 540, "ok", { durationMs: 20, meta: { phases: { dns: 3, connect: 4, firstByte: 7 } } });
  await addResult(id, 10, "failed", { durationMs: 4_000, meta: { phases: [1, 2] } });
  await addResult(id, 5, "skipped", { durationMs: 0 });
  const series = await listPhaseSeries(context, { checkId: id, from: ago(600), to: now, points: 3 });
  expect(series).toEqual([
    { at: ago(600), durationMs: 15, phases: { dns: 2, connect: 3, firstByte: 6 } },
    { at: ago(400), durationMs: null, phases: {} },
    { at: ago(200), durationMs: 4_000, phases: {} },
  ]);
  expect(Object.keys(series[0]?.phases ?? {})).toEqual(["dns", "connect", "firstByte"]);
});

test("impossible spans are refused", async () => {
  const span = { from: now, to: ago(60) };
  await expect(listCheckHistory(context, { checkIds: [], ...span, buckets: 5 })).rejects.toMatchObject({
    kind: "invalid",
  });
  await expect(
    listPhaseSeries(context, { checkId: randomUUID(), from: ago(60), to: now, points: 501 }),
  ).rejects.toMatchObject({ kind: "invalid" });
});

test.each([
  ["listChecks", () => listChecks(stranger)],
  ["countCheckStates", () => countCheckStates(stranger)],
  ["listCheckResults", () => listCheckResults(stranger, { checkId: "x" })],
  ["getUptime", () => getUptime(stranger)],
  ["listCheckHistory", () => listCheckHistory(stranger, { checkIds: [], from: ago(1), to: now, buckets: 1 })],
  ["listPhaseSeries", () => listPhaseSeries(stranger, { checkId: "x", from: ago(1), to: now, points: 1 })],
])("%s needs somebody who may read", async (_, call) => {
  await expect(call()).rejects.toMatchObject({ kind: "unauthenticated" });
});
const stranger = context.as(ANONYMOUS);
