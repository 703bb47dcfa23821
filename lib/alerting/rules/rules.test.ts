import { expect, test } from "vitest";
import { userActor } from "@/lib/testing/actors";
import { addChannel, record } from "@/lib/testing/alerting";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { makePartitions } from "@/lib/db/partitions";
import { getRule, listRules } from "./list-rules";
import { previewRule } from "./preview-rule";
import { createRule, deleteRule, resumeRule, pauseRule, updateRule } from "./write-rule";
import { syncFileAlerting } from "../sync-file-alerting";

const context = await createTestContext();
const editor = () => context.as(userActor("editor"));
const memory = { label: "Memory of web", source: "metric", config: { metric: "memory", threshold: 80 } };

test("a rule is made, read by id and key, changed, paused and deleted", async () => {
  await addChannel(context);
  const rule = await createRule(editor(), { ...memory, channels: ["hook"], forSeconds: 60 });
  expect(rule).toMatchObject({
    key: "memory-of-web",
    origin: "database",
    severity: "warning",
    channels: ["hook"],
    forSeconds: 60,
  });
  expect((await createRule(editor(), memory)).key).toBe("memory-of-web-2");
  const changed = await updateRule(editor(), {
    id: rule.key,
    severity: "critical",
    config: { metric: "memory", threshold: 90 },
  });
  expect(changed).toMatchObject({ severity: "critical", forSeconds: 60, config: { threshold: 90 } });
  expect((await pauseRule(editor(), { id: rule.id })).pausedAt).not.toBeNull();
  expect((await resumeRule(editor(), { id: rule.id })).pausedAt).toBeNull();
  await deleteRule(editor(), { id: rule.id });
  await expect(getRule(context, { id: rule.id })).rejects.toMatchObject({ kind: "not-found" });
  const { rows } = await context.sql.query("SELECT action FROM audit_entries WHERE subject_id = $1 ORDER BY id", [
    rule.id,
  ]);
  expect(rows.map(({ action }) => action)).toEqual([
    "rule.create",
    "rule.update",
    "rule.pause",
    "rule.resume",
    "rule.delete",
  ]);
});

test("everything that is wrong is named at once", async () => {
  const wrong = createRule(editor(), {
    label: "",
    source: "metric",
    config: { metric: "1x", limit: 3 },
    severity: "huge",
    runbookUrl: "javascript:alert(1)",
  });
  await expect(wrong).rejects.toMatchObject({
    kind: "invalid",
    issues: expect.arrayContaining(
      ["label", "severity", "runbookUrl", "config.limit", "config.metric", "config.threshold"].map((path) =>
        expect.objectContaining({ path }),
      ),
    ),
  });
  await expect(createRule(editor(), { ...memory, source: "moon" })).rejects.toThrow(/no source "moon".*check-state/);
  await expect(createRule(editor(), { ...memory, channels: ["pager"] })).rejects.toThrow(
    /no channel "pager"; there are: hook/,
  );
  await expect(createRule(editor(), { ...memory, key: "memory-of-web-2" })).rejects.toMatchObject({ kind: "conflict" });
});

test("a viewer reads rules and makes none", async () => {
  const viewer = context.as(userActor("viewer"));
  expect((await listRules(viewer)).length).toBeGreaterThan(0);
  await expect(createRule(viewer, memory)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(deleteRule(viewer, { id: "memory-of-web-2" })).rejects.toMatchObject({ kind: "forbidden" });
});

test("rules of the file are there, are read-only but for pausing, and leave with the file", async () => {
  await syncFileAlerting(context);
  await syncFileAlerting(context);
  const keys = (await listRules(context)).filter(({ origin }) => origin === "file").map(({ key }) => key);
  expect(keys.toSorted()).toEqual([
    "action-items",
    "check-failing",
    "disk-remaining",
    "error-rate",
    "memory",
    "new-error",
    "response-time",
    "worker-silent",
  ]);
  await expect(updateRule(editor(), { id: "memory", label: "x" })).rejects.toMatchObject({ kind: "conflict" });
  await pauseRule(editor(), { id: "memory" });
  const config = {
    ...context.config,
    rules: {
      extra: {
        label: "Extra",
        source: "no-data",
        config: { metric: "cpu" },
        severity: "info" as const,
        forSeconds: 0,
        keepFiringSeconds: 0,
        channels: [],
        labels: {},
      },
    },
  };
  await syncFileAlerting({ ...context, config });
  expect(await getRule(context, { id: "extra" })).toMatchObject({ origin: "file", severity: "info" });
  expect((await getRule(context, { id: "memory" })).pausedAt).not.toBeNull();
  await syncFileAlerting(context);
  await expect(getRule(context, { id: "extra" })).rejects.toMatchObject({ kind: "not-found" });
});

test("a preview tells what a metric's rule would have done, with for and hysteresis", async () => {
  const now = new Date("2026-11-25T03:00:00Z");
  context.setNow(now);
  for (let minute = 0; minute < 60; minute += 1) {
    const value = minute >= 20 && minute < 40 ? 95 : 50;
    await record(context, "heat", value, { unit: "percent", secondsAgo: (60 - minute) * 60 });
  }
  const rule = {
    label: "Heat",
    source: "metric",
    config: { metric: "heat", threshold: 80, windowSeconds: 60 },
    forSeconds: 300,
  };
  const preview = await previewRule(context, rule);
  expect(preview).toMatchObject({ total: 1, subjects: 1, unavailable: null });
  expect(preview.firings[0]).toMatchObject({
    from: new Date("2026-11-25T02:26:00Z"),
    to: new Date("2026-11-25T02:41:00Z"),
    subject: "heat",
  });
  expect((await previewRule(context, { ...rule, forSeconds: 1_800 })).total).toBe(0);
  expect((await previewRule(context, { label: "x", source: "worker-silent" })).unavailable).toMatch(/no history/);
});

test("a preview tells what a check's rule would have done", async () => {
  const now = new Date("2026-11-25T03:00:00Z");
  context.setNow(now);
  const { id } = await addCheck(context, { key: "pay", label: "Payments" });
  await makePartitions(context.sql, now, now);
  for (let minute = 0; minute < 30; minute += 1) {
    const state = minute >= 10 && minute < 13 ? "failed" : "ok";
    const at = new Date(now.getTime() - (30 - minute) * 60_000);
    await context.db.healthCheckResult.create({
      data: {
        checkId: id,
        scheduledAt: at,
        startedAt: at,
        durationMs: 1,
        status: state,
        state,
        shortSummary: state,
        message: state === "failed" ? "It is down." : "",
        meta: {},
      },
    });
  }
  const preview = await previewRule(context, { label: "Checks", source: "check-state" });
  expect(preview.firings).toEqual([
    {
      subject: "Payments",
      from: new Date("2026-11-25T02:40:00Z"),
      to: new Date("2026-11-25T02:43:00Z"),
      severity: "warning",
      summary: "It is down.",
    },
  ]);
  expect(
    (await previewRule(context, { label: "Checks", source: "check-state", forSeconds: 120 })).firings,
  ).toMatchObject([{ from: new Date("2026-11-25T02:42:00Z") }]);
});
