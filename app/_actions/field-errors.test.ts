import { expect, test } from "vitest";
import { placeIssues } from "./field-errors";

const names = new Set(["label", "config.url", "config.headers"]);

test("puts an issue at its input, or at the nearest above it with the line it is about", () => {
  const issues = [
    { path: "label", message: "is missing" },
    { path: "config.headers.X-Token", message: "has no value" },
    { path: "config.statuses.1.from", message: "must be a number" },
  ];
  expect(placeIssues(issues, new Set([...names, "config.statuses"]))).toEqual({
    fieldErrors: {
      label: "is missing",
      "config.headers": "X-Token: has no value",
      "config.statuses": "line 2, from: must be a number",
    },
    rest: [],
  });
});

test("keeps the first issue of an input", () => {
  const issues = [
    { path: "label", message: "first" },
    { path: "label", message: "second" },
  ];
  expect(placeIssues(issues, names).fieldErrors).toEqual({ label: "first" });
});

test("what belongs to no input is said in the summary", () => {
  const issues = [
    { path: "config", message: "needs a host" },
    { path: "", message: "is odd" },
    { path: "labels", message: "is unknown" },
  ];
  expect(placeIssues(issues, names)).toEqual({
    fieldErrors: {},
    rest: ["config: needs a host", "is odd", "labels: is unknown"],
  });
});
