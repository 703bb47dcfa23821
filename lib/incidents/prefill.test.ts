import { expect, test } from "vitest";
import { declarationOfAlert, declarationOfCheck } from "./prefill";

const since = new Date("2026-11-27T11:50:00Z");
const check = { id: "c", label: "Shop", status: null, statusSince: since };

test.each([
  ["failed", "Shop fails", "high", "major", since],
  ["crashed", "Shop fails", "high", "major", since],
  ["warning", "Shop is degraded", "medium", "degraded", since],
  ["ok", "", "medium", "degraded", null],
  [null, "", "medium", "degraded", null],
] as const)("a check that is %s begins as “%s”", (status, title, severity, impact, startedAt) => {
  expect(declarationOfCheck({ ...check, status })).toEqual({
    title,
    severity,
    checks: [{ checkId: "c", label: "Shop", impact }],
    startedAt,
  });
});

const alert = {
  subject: "Shop",
  summary: "Shop answered 503 (expected 200-299).",
  severity: "critical",
  checkId: "c",
  pendingSince: since,
} as const;

test("an alert's subject and cause become the title, its beginning the start", () => {
  expect(declarationOfAlert(alert, "Shop front")).toEqual({
    title: "Shop: answered 503 (expected 200-299)",
    severity: "critical",
    checks: [{ checkId: "c", label: "Shop front", impact: "major" }],
    startedAt: since,
  });
  expect(declarationOfAlert({ ...alert, checkId: null, severity: "warning" }, null)).toMatchObject({
    severity: "medium",
    checks: [],
  });
});

test("a title never is longer than the form takes", () => {
  expect([...declarationOfAlert({ ...alert, summary: "x".repeat(500) }, null).title]).toHaveLength(200);
});
