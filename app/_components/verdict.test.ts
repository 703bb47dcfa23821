import { expect, test } from "vitest";
import { judge, titlePrefix, type Verdict } from "./verdict";

const none = { ok: 0, warning: 0, failed: 0, crashed: 0, maintenance: 0, paused: 0, stale: 0, unknown: 0 };
const since = new Date("2026-11-25T03:00:00Z");

test.each<[string, Partial<typeof none>, Verdict]>([
  ["no check", {}, { kind: "none" }],
  ["all paused", { paused: 2 }, { kind: "none" }],
  ["all pass", { ok: 14 }, { kind: "passing", total: 14, unknown: 0, maintenance: 0 }],
  ["one is planned", { ok: 13, maintenance: 1 }, { kind: "passing", total: 13, unknown: 0, maintenance: 1 }],
  ["all are planned", { maintenance: 3 }, { kind: "maintenance", total: 3 }],
  ["one is not known", { ok: 2, stale: 1 }, { kind: "passing", total: 3, unknown: 1, maintenance: 0 }],
])("%s", (_what, counts, expected) => {
  expect(judge({ counts: { ...none, ...counts }, checks: [], workerSilent: false })).toEqual(expected);
});

test("what fails is named, and what is in maintenance is not among it", () => {
  const verdict = judge({
    counts: { ...none, ok: 3, failed: 1, maintenance: 1 },
    checks: [
      { label: "Payments API", state: "failed", statusSince: since },
      { label: "Database", state: "maintenance", statusSince: since },
    ],
    workerSilent: false,
  });
  expect(verdict).toEqual({
    kind: "failing",
    count: 1,
    total: 4,
    names: ["Payments API"],
    more: 0,
    since: since.getTime(),
  });
  expect(titlePrefix(verdict)).toBe("1 failing");
});

test("while no worker watches nothing is well, planned or not", () => {
  const silent = { checks: [], workerSilent: true };
  expect(judge({ ...silent, counts: { ...none, ok: 5 } })).toEqual({ kind: "silent" });
  expect(judge({ ...silent, counts: { ...none, maintenance: 5 } })).toEqual({ kind: "silent" });
});
