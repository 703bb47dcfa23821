import { expect, test } from "vitest";
import { decideOverall } from "./overall-state";
import type { State } from "./status";

test.each<[State[], State, string]>([
  [["operational", "operational"], "operational", "All systems operational"],
  [["operational", "degraded"], "degraded", "Degraded performance"],
  [["operational", "partial"], "partial", "Partial outage"],
  [["operational", "major"], "partial", "Partial outage"],
  [["degraded", "major"], "partial", "Partial outage"],
  [["major", "major"], "major", "Major outage"],
  [["operational", "maintenance"], "maintenance", "Under maintenance"],
  [["operational", "unknown"], "unknown", "Some states are unknown"],
  [["unknown", "unknown"], "unknown", "The present state is unknown"],
  [["maintenance", "unknown"], "unknown", "The present state is unknown"],
])("components that are %j: %s, “%s”", (components, state, headline) => {
  expect(decideOverall(components, [], false)).toEqual({ state, headline });
});

test("an open incident that names no component counts by its severity", () => {
  expect(decideOverall(["operational"], ["low"], false)).toMatchObject({ state: "degraded" });
  expect(decideOverall(["operational"], ["medium", "high"], false)).toMatchObject({ state: "partial" });
  expect(decideOverall(["operational"], ["critical"], false)).toMatchObject({ state: "major" });
});

test("without components incidents alone speak; a silent worker is never taken for good news", () => {
  expect(decideOverall([], [], false)).toEqual({ state: "operational", headline: "No known incidents" });
  expect(decideOverall([], ["high"], false)).toEqual({ state: "partial", headline: "Partial outage" });
  expect(decideOverall([], [], true)).toEqual({ state: "unknown", headline: "The present state is unknown" });
});
