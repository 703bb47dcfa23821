import { expect, test } from "vitest";
import { readAffected, readChange, readDeclaration } from "./incident-form-values";

const ID = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
const opened = {
  title: "Payments fail",
  "was.title": "Payments fail",
  severity: "high",
  "was.severity": "high",
  leadId: "",
  "was.leadId": "",
  startedAt: "2026-05-01T12:30",
  "was.startedAt": "2026-05-01T12:30:41.250Z",
  acknowledgedAt: "",
  "was.acknowledgedAt": "",
  timezone: "UTC",
  version: "3",
};

test("of a form that nobody touched only the version is left", () => {
  expect(JSON.parse(JSON.stringify(readChange(opened)))).toEqual({ version: 3 });
});

test("what was changed is sent, an emptied lead and time as none", () => {
  const change = readChange({
    ...opened,
    severity: "low",
    "was.leadId": ID,
    "was.acknowledgedAt": opened["was.startedAt"],
  });
  expect(change).toMatchObject({ severity: "low", leadId: null, acknowledgedAt: null, title: undefined });
});

test("a start can't be emptied", () => {
  expect(() => readChange({ ...opened, startedAt: "" })).toThrow(
    expect.objectContaining({ issues: [{ path: "startedAt", message: "is required" }] }),
  );
});

test("affected checks come as lines; a label may hold anything", () => {
  expect(readAffected(`${ID} major Shop: front, 2\n\n${ID} nonsense\n`)).toEqual([
    { checkId: ID, impact: "major" },
    { checkId: ID, impact: "nonsense" },
  ]);
});

test("a declaration without a start begins when the verb says", () => {
  expect(readDeclaration({ title: "x", severity: "low", startedAt: "", leadId: "", alertId: "" })).toMatchObject({
    leadId: null,
    alertId: undefined,
    startedAt: undefined,
    checks: [],
  });
});
