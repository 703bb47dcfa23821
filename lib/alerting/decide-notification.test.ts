import fc from "fast-check";
import { expect, test } from "vitest";
import { type NotificationFacts, decideNotification } from "./decide-notification";
import { type Severity, isWorse, worstOf } from "./severity";

const now = new Date("2026-11-25T03:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const facts = (more: Partial<NotificationFacts> = {}): NotificationFacts => ({
  state: "firing",
  severity: "warning",
  notified: null,
  lastOfFingerprint: null,
  acknowledgedBy: null,
  maintenance: null,
  silence: null,
  parent: null,
  holdUntil: null,
  cooldownSeconds: 3_600,
  ...more,
});
const told = (seconds: number, severity: Severity = "warning") => ({ at: ago(seconds), severity });

test.each<[string, Partial<NotificationFacts>, object]>([
  ["a new alert is told", {}, { tell: "firing" }],
  ["one that was told is not told again at once", { notified: told(60) }, { tell: null, suppressed: null }],
  ["after the cooldown it reminds", { notified: told(3_600) }, { tell: "reminder" }],
  ["a second before it does not", { notified: told(3_599) }, { tell: null, suppressed: null }],
  [
    "an acknowledged one does not remind",
    { notified: told(9_999), acknowledgedBy: "Ada" },
    { tell: null, suppressed: null },
  ],
  ["a rise in severity breaks through", { severity: "critical", notified: told(60) }, { tell: "escalated" }],
  [
    "and through an acknowledgement",
    { severity: "critical", notified: told(60), acknowledgedBy: "Ada" },
    { tell: "escalated" },
  ],
  [
    "the same that came back within the cooldown is held back",
    { lastOfFingerprint: told(600) },
    { tell: null, suppressed: "cooldown until 2026-11-25 03:50 UTC: it was told at 2026-11-25 02:50 UTC" },
  ],
  ["but not when it is worse", { severity: "critical", lastOfFingerprint: told(600) }, { tell: "firing" }],
  ["nor after the cooldown", { lastOfFingerprint: told(3_600) }, { tell: "firing" }],
  ["a silence mutes", { silence: "silenced by Ada" }, { suppressed: "silenced by Ada" }],
  ["maintenance mutes", { maintenance: 'maintenance "Upgrade"' }, { suppressed: 'maintenance "Upgrade"' }],
  ["an effect is told with its cause", { parent: "Database" }, { suppressed: "an effect of Database" }],
  [
    "what it depends on is looked at first",
    { holdUntil: new Date(now.getTime() + 1) },
    { suppressed: "what it depends on is being looked at first" },
  ],
  ["then it is told", { holdUntil: now }, { tell: "firing" }],
  ["a recovery is told", { state: "resolved", notified: told(60) }, { tell: "resolved" }],
  ["not when nobody was told of the firing", { state: "resolved" }, { tell: null, suppressed: null }],
  [
    "not when it is silenced",
    { state: "resolved", notified: told(60), silence: "silenced by Ada" },
    { suppressed: "silenced by Ada" },
  ],
])("%s", (_what, more, expected) => {
  expect(decideNotification(facts(more), now)).toMatchObject(expected);
});

const moment = fc.record({
  seconds: fc.integer({ min: 1, max: 2_000 }),
  state: fc.constantFrom("firing", "firing", "none"),
  severity: fc.constantFrom<Severity>("info", "warning", "critical"),
  silenced: fc.boolean(),
  acknowledged: fc.boolean(),
});

test("for any states and times: at most one notification in a cooldown but for recoveries and rises; each firing is told or has a reason; no recovery without a firing", () => {
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 80 }),
      fc.integer({ min: 60, max: 7_200 }),
      (moments, cooldownSeconds) => {
        let at = now.getTime();
        let last: { at: Date; severity: Severity } | null = null;
        let alert: { severity: Severity; notified: { at: Date; severity: Severity } | null } | null = null;
        let openTold = false;
        for (const { seconds, state, severity, silenced, acknowledged } of moments) {
          at += seconds * 1000;
          const time = new Date(at);
          if (state === "none" && !alert) continue;
          alert ??= { severity, notified: null };
          alert.severity = worstOf([alert.severity, severity]);
          const before: typeof last = last;
          const decision = decideNotification(
            facts({
              state: state === "none" ? "resolved" : "firing",
              severity: alert.severity,
              notified: alert.notified,
              lastOfFingerprint: last,
              silence: silenced ? "silenced" : null,
              acknowledgedBy: acknowledged ? "Ada" : null,
              cooldownSeconds,
            }),
            time,
          );
          if (decision.tell && decision.tell !== "resolved") {
            if (before && at - before.at.getTime() < cooldownSeconds * 1000)
              expect(isWorse(alert.severity, before.severity)).toBe(true);
            const worst: Severity = alert.notified
              ? worstOf([alert.notified.severity, alert.severity])
              : alert.severity;
            last = { at: time, severity: alert.severity };
            alert.notified = { at: time, severity: worst };
            openTold = true;
          } else if (state === "firing" && !alert.notified) {
            expect(decision.tell === null && decision.suppressed).toBeTruthy();
          }
          if (decision.tell === "resolved") expect(openTold).toBe(true);
          if (state === "none") {
            alert = null;
            openTold = false;
          }
        }
      },
    ),
  );
});
