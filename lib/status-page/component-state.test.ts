import fc from "fast-check";
import { expect, test } from "vitest";
import { DISPLAYED_STATES } from "@/lib/checks/displayed-state";
import { type CheckNow, decideComponentState } from "./component-state";
import { STATES, type State } from "./status";

const seen = (...states: CheckNow["state"][]): CheckNow[] => states.map((state) => ({ state, maintenance: null }));
const inside = (state: CheckNow["state"], maintenance: CheckNow["maintenance"]): CheckNow => ({ state, maintenance });

test.each<[CheckNow[], State]>([
  [seen("ok"), "operational"],
  [seen("ok", "ok"), "operational"],
  [seen("ok", "warning"), "degraded"],
  [seen("failed", "ok"), "partial"],
  [seen("failed", "warning"), "partial"],
  [seen("crashed", "ok"), "partial"],
  [seen("failed"), "major"],
  [seen("failed", "crashed"), "major"],
  // Nobody has looked for a while, or never has.
  [seen("stale"), "unknown"],
  [seen("unknown"), "unknown"],
  [seen("ok", "stale"), "unknown"],
  [seen("warning", "stale"), "degraded"],
  [seen("failed", "stale"), "partial"],
  // Paused checks say nothing.
  [seen("paused"), "unknown"],
  [seen("paused", "ok"), "operational"],
  [seen("paused", "failed"), "major"],
  [[], "unknown"],
  // Announced maintenance is said whatever the check says; an unannounced one explains a failure and no more.
  [[inside("ok", "announced")], "maintenance"],
  [[inside("failed", "announced")], "maintenance"],
  [[inside("stale", "announced")], "maintenance"],
  [[inside("ok", "unannounced")], "operational"],
  [[inside("failed", "unannounced")], "maintenance"],
  [[inside("warning", "unannounced")], "maintenance"],
  [[inside("stale", "unannounced")], "unknown"],
  [[inside("failed", "announced"), ...seen("failed")], "partial"],
  [[inside("failed", "announced"), ...seen("ok")], "maintenance"],
])("%j is %s", (checks, state) => {
  expect(decideComponentState(checks, [])).toMatchObject({ state });
});

test("what a public incident says of it makes a state worse, and never better", () => {
  expect(decideComponentState(seen("ok"), ["partial"])).toEqual({
    state: "partial",
    reason: "An incident is being worked on.",
  });
  expect(decideComponentState(seen("failed"), ["degraded"])).toMatchObject({ state: "major" });
  expect(decideComponentState(seen("stale"), ["major", "degraded"])).toMatchObject({ state: "major" });
});

const check = fc.record({
  state: fc.constantFrom(...DISPLAYED_STATES),
  maintenance: fc.constantFrom("announced" as const, "unannounced" as const, null),
});
const rank = (state: State) => STATES.indexOf(state);

test("operational is said only when every check that counts was seen passing, and at least one was", () => {
  fc.assert(
    fc.property(fc.array(check, { maxLength: 5 }), (checks) => {
      const { state } = decideComponentState(checks, []);
      const counted = checks.filter((one) => one.state !== "paused");
      const allPass =
        counted.length > 0 && counted.every((one) => one.state === "ok" && one.maintenance !== "announced");
      expect(state === "operational").toBe(allPass);
    }),
  );
});

test("a further failing check never makes it better", () => {
  fc.assert(
    fc.property(fc.array(check, { minLength: 1, maxLength: 5 }), (checks) => {
      const before = decideComponentState(checks, []).state;
      const after = decideComponentState([...checks, { state: "failed", maintenance: null }], []).state;
      expect(rank(after)).toBeGreaterThanOrEqual(Math.min(rank(before), rank("partial")));
    }),
  );
});
