import { beforeEach, describe, expect, test } from "vitest";
import { getUptime } from "@/lib/checks/get-uptime";
import { makePartitions } from "@/lib/db/partitions";
import { addAlert } from "@/lib/testing/alerts";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { getFigures } from "./get-figures";
import { readDowntime } from "./read-downtime";

const context = await createTestContext();
const BERLIN = "Europe/Berlin";
const at = (text: string) => new Date(text);

beforeEach(() => context.sql.query("TRUNCATE incidents, alerts, health_checks CASCADE"));

type Status = "ok" | "warning" | "failed" | "crashed" | "skipped";

/**
 * A check's results as the worker stores them: a slot each interval, the day's counts with them.
 * @param slots from its first slot on, `x` failed, `c` crashed, `w` warning, `m` failed in maintenance, `s` skipped, `-` none, `.` ok
 */
async function addResults(checkId: string, first: Date, stepSeconds: number, slots: string): Promise<void> {
  const words: Record<string, Status> = {
    x: "failed",
    m: "failed",
    c: "crashed",
    w: "warning",
    s: "skipped",
    ".": "ok",
  };
  const rows = [...slots].flatMap((slot, index) => {
    const status = words[slot];
    if (!status) return [];
    const scheduledAt = new Date(first.getTime() + index * stepSeconds * 1000);
    return [{ scheduledAt, status, meta: slot === "m" ? { maintenance: "Upgrade" } : {} }];
  });
  await makePartitions(context.sql, first, rows.at(-1)?.scheduledAt ?? first);
  for (const { scheduledAt, status, meta } of rows) {
    await context.db.healthCheckResult.create({
      data: {
        checkId,
        scheduledAt,
        startedAt: scheduledAt,
        durationMs: 5,
        status,
        state: status,
        shortSummary: "",
        message: "",
        meta,
      },
    });
    if ("maintenance" in meta) continue;
    const day = at(scheduledAt.toISOString().slice(0, 10));
    await context.db.healthCheckDay.upsert({
      where: { checkId_day: { checkId, day } },
      create: { checkId, day, [status]: 1 },
      update: { [status]: { increment: 1 } },
    });
  }
}

const downtime = async (from: string, to: string) =>
  (await readDowntime(context, { from: at(from), to: at(to) })).map(({ label, seconds, uptime }) => [
    label,
    seconds,
    uptime,
  ]);

interface Given {
  severity: "low" | "high" | "critical";
  started: string;
  detected: string;
  acknowledged?: string;
  resolved?: string;
  category?: string;
  causes?: object[];
}

const addIncident = ({ severity, started, detected, acknowledged, resolved, category, causes = [] }: Given) =>
  context.db.incident.create({
    data: {
      title: started,
      severity,
      status: resolved ? "resolved" : "investigating",
      startedAt: at(started),
      detectedAt: at(detected),
      acknowledgedAt: acknowledged ? at(acknowledged) : null,
      resolvedAt: resolved ? at(resolved) : null,
      causes: JSON.parse(JSON.stringify(causes)),
      ...(category !== undefined && { postmortem: { create: { causeCategory: category, updatedBy: "Ada" } } }),
    },
  });

describe("the times of incidents", () => {
  /*
   * Worked out by hand, in Berlin. A is within the night in which October's clocks go back (03:00 becomes 02:00 at 01:00 UTC):
   * 02:30 summer time to 02:30 winter time is one hour, though the clock shows none. C is in the night in which March's go
   * forward (02:00 becomes 03:00 at 01:00 UTC): 01:30 to 04:30 on the clock are two hours.
   *
   * #  severity  started (Berlin)        month    detect             acknowledge         resolve
   * A  critical  2026-10-25 02:30 CEST   2026-10  00:30→00:32  120   00:32→00:42   600   00:30→01:30   3600
   * B  low       2026-11-01 00:15 CET    2026-11  23:15→23:16   60   23:16→23:46  1800   23:15→01:15   7200   (October in UTC)
   * C  critical  2027-03-28 01:30 CET    2027-03  00:30→00:34  240   00:34→00:54  1200   00:30→02:30   7200
   * D  critical  2027-03-30 12:00 CEST   2027-03  10:00→10:00    0   never           -   10:00→10:20   1200
   * E  high      2028-02-29 13:00 CET    2028-02  12:00→12:05  300   12:05→12:06    60   12:00→next day 12:00  86400
   * F  high      2028-03-01 00:30 CET    2028-03  23:30→23:40  600   23:40→23:50   600   open              -   (the leap day in UTC)
   */
  const HISTORY: Given[] = [
    {
      severity: "critical",
      started: "2026-10-25T00:30:00Z",
      detected: "2026-10-25T00:32:00Z",
      acknowledged: "2026-10-25T00:42:00Z",
      resolved: "2026-10-25T01:30:00Z",
    },
    {
      severity: "low",
      started: "2026-10-31T23:15:00Z",
      detected: "2026-10-31T23:16:00Z",
      acknowledged: "2026-10-31T23:46:00Z",
      resolved: "2026-11-01T01:15:00Z",
    },
    {
      severity: "critical",
      started: "2027-03-28T00:30:00Z",
      detected: "2027-03-28T00:34:00Z",
      acknowledged: "2027-03-28T00:54:00Z",
      resolved: "2027-03-28T02:30:00Z",
    },
    {
      severity: "critical",
      started: "2027-03-30T10:00:00Z",
      detected: "2027-03-30T10:00:00Z",
      resolved: "2027-03-30T10:20:00Z",
    },
    {
      severity: "high",
      started: "2028-02-29T12:00:00Z",
      detected: "2028-02-29T12:05:00Z",
      acknowledged: "2028-02-29T12:06:00Z",
      resolved: "2028-03-01T12:00:00Z",
    },
    {
      severity: "high",
      started: "2028-02-29T23:30:00Z",
      detected: "2028-02-29T23:40:00Z",
      acknowledged: "2028-02-29T23:50:00Z",
    },
  ];
  const spread = (count: number, median: number | null, p90: number | null) => ({ count, median, p90 });
  const NONE = spread(0, null, null);

  beforeEach(async () => {
    context.setNow("2028-03-10T00:00:00Z");
    for (const given of HISTORY) await addIncident(given);
  });

  const figuresIn = (timezone: string) =>
    getFigures(context, { from: at("2026-10-01T00:00:00+02:00"), to: at("2028-04-01T00:00:00+02:00"), timezone });

  test("by month of Berlin, median and p90", async () => {
    const { months } = await figuresIn(BERLIN);
    expect(months).toHaveLength(18);
    expect(months.filter(({ count }) => count > 0).map(({ month, count, open }) => [month, count, open])).toEqual([
      ["2026-10", 1, 0],
      ["2026-11", 1, 0],
      ["2027-03", 2, 0],
      ["2028-02", 1, 0],
      ["2028-03", 1, 1],
    ]);
    // March 2027, C and D: detect [0, 240] → 120 and 0.9 of the way; resolve [1200, 7200] → 4200 and 1200 + 0.9 × 6000.
    expect(months.find(({ month }) => month === "2027-03")).toMatchObject({
      from: at("2027-02-28T23:00:00Z"),
      to: at("2027-03-31T22:00:00Z"),
      detect: spread(2, 120, 216),
      acknowledge: spread(1, 1_200, 1_200),
      resolve: spread(2, 4_200, 6_600),
    });
    expect(months.find(({ month }) => month === "2028-03")).toMatchObject({
      detect: spread(1, 600, 600),
      acknowledge: spread(1, 600, 600),
      resolve: NONE,
    });
    expect(months.find(({ month }) => month === "2027-01")).toMatchObject({ count: 0, detect: NONE, severities: [] });
  });

  test("by month of UTC: B and F belong to the month before", async () => {
    const { months } = await figuresIn("UTC");
    expect(months.filter(({ count }) => count > 0).map(({ month, count }) => [month, count])).toEqual([
      ["2026-10", 2],
      ["2027-03", 2],
      ["2028-02", 2],
    ]);
  });

  test("altogether and by severity, the worst first", async () => {
    const { total } = await figuresIn(BERLIN);
    // Sorted: detect 0 60 120 240 300 600, acknowledge 60 600 600 1200 1800, resolve 1200 3600 7200 7200 86400.
    // p90 of six lies at 4.5: between 300 and 600; of five at 3.6: 1200 + 0.6 × 600, and 7200 + 0.6 × 79200.
    expect(total).toMatchObject({
      count: 6,
      open: 1,
      detect: spread(6, 180, 450),
      acknowledge: spread(5, 600, 1_560),
      resolve: spread(5, 7_200, 54_720),
    });
    expect(total.severities.map(({ severity, count, resolve }) => [severity, count, resolve])).toEqual([
      // A, C, D: 1200 3600 7200; p90 at 1.8: 3600 + 0.8 × 3600.
      ["critical", 3, spread(3, 3_600, 6_480)],
      ["high", 2, spread(1, 86_400, 86_400)],
      ["low", 1, spread(1, 7_200, 7_200)],
    ]);
  });

  test("a range is what started in it, its end not included; the usual one is six months", async () => {
    const { total, from, to } = await getFigures(context, {
      from: at("2027-03-28T00:30:00Z"),
      to: at("2027-03-30T10:00:00Z"),
    });
    expect([total.count, from, to]).toEqual([1, at("2027-03-28T00:30:00Z"), at("2027-03-30T10:00:00Z")]);
    const usual = await getFigures(context, { timezone: BERLIN });
    expect(usual.months.map(({ month }) => month)).toEqual([
      "2027-10",
      "2027-11",
      "2027-12",
      "2028-01",
      "2028-02",
      "2028-03",
    ]);
  });
});

test.each([
  [{ timezone: "Mars/Olympus" }, "timezone"],
  [{ from: at("2027-01-02T00:00:00Z"), to: at("2027-01-01T00:00:00Z") }, "from"],
  [{ from: at("2020-01-01T00:00:00Z"), to: at("2027-01-01T00:00:00Z") }, "from"],
])("%o is refused at its field", async (query, path) => {
  await expect(getFigures(context, query)).rejects.toMatchObject({ kind: "invalid", issues: [{ path }] });
});

describe("downtime", () => {
  test("the night in which clocks go forward, with a maintenance window over part of it", async () => {
    context.setNow("2027-03-29T00:00:00Z");
    const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 600 });
    /*
     * Each 10 minutes from 2027-03-28 00:00 UTC (01:00 in Berlin). The window is 00:40 to 01:10; at 01:00 clocks go to 03:00.
     *   00:00 ok  00:10 ok  00:20 failed  00:30 failed  00:40 00:50 01:00 maintenance  01:10 failed  01:20 broken  01:30 warning  01:40 ok
     * Down: 00:20 to 00:40 and 01:10 to 01:30, 2400 s; 1800 s of the window are none.
     * Results that say something: 4 up (ok ok warning ok), 4 down: 50 %.
     */
    await addResults(id, at("2027-03-28T00:00:00Z"), 600, "..xxmmmxcw.");
    // The whole of the day in Berlin: 23 hours.
    expect(await downtime("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z")).toEqual([["Shop", 2_400, 50]]);
    // Cut to a range in the middle of two outages: 00:35 to 00:40, 01:10 to 01:15.
    expect((await downtime("2027-03-28T00:35:00Z", "2027-03-28T01:15:00Z")).map(([, seconds]) => seconds)).toEqual([
      600,
    ]);
    // Ranges that meet add up.
    const cut = "2027-03-28T01:13:20Z";
    const parts = [...(await downtime("2027-03-27T23:00:00Z", cut)), ...(await downtime(cut, "2027-03-28T22:00:00Z"))];
    expect(parts.map(([, seconds]) => seconds)).toEqual([1_400, 1_000]);
  });

  test("the hour that comes twice counts twice", async () => {
    context.setNow("2026-10-26T00:00:00Z");
    const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 1_800 });
    // 02:00 summer time (00:00 UTC) to 03:00 winter time (02:00 UTC): two hours, one on the clock.
    await addResults(id, at("2026-10-25T00:00:00Z"), 1_800, "xxxx.");
    expect(await downtime("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")).toEqual([["Shop", 7_200, 20]]);
  });

  test("what nobody looked at is not known: a failure speaks for its interval, or for the gap before it", async () => {
    context.setNow("2027-03-28T12:00:00Z");
    const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 60 });
    // The worker is away for an hour after the failure of 00:01.
    await addResults(id, at("2027-03-28T00:00:00Z"), 60, `.x${"-".repeat(60)}.`);
    expect(await downtime("2027-03-28T00:00:00Z", "2027-03-29T00:00:00Z")).toEqual([
      ["Shop", 60, expect.closeTo(66.67)],
    ]);
    const slow = await addCheck(context, { label: "Was slow", intervalSeconds: 60 });
    // It ran each 300 s; its interval was shortened afterwards.
    await addResults(slow.id, at("2027-03-28T00:00:00Z"), 300, ".xx.");
    expect((await downtime("2027-03-28T00:00:00Z", "2027-03-29T00:00:00Z"))[0]).toEqual(["Was slow", 600, 50]);
  });

  test("one that is down now is down until now, and not longer", async () => {
    context.setNow("2027-03-28T00:10:30Z");
    const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 60 });
    await addResults(id, at("2027-03-28T00:08:00Z"), 60, ".xx");
    expect(await downtime("2027-03-28T00:00:00Z", "2027-03-29T00:00:00Z")).toEqual([
      ["Shop", 90, expect.closeTo(33.33)],
    ]);
  });

  test("over midnight it belongs to both days, a run by hand in between counts nothing twice", async () => {
    context.setNow("2027-03-29T12:00:00Z");
    const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 600 });
    await addResults(id, at("2027-03-27T23:55:00Z"), 600, "xx.");
    await addResults(id, at("2027-03-27T23:58:00Z"), 600, "x");
    // 23:55 to 00:15 are 1200 s: 300 before midnight, 900 after.
    expect((await downtime("2027-03-27T00:00:00Z", "2027-03-28T00:00:00Z"))[0]?.[1]).toBe(300);
    expect((await downtime("2027-03-28T00:00:00Z", "2027-03-29T00:00:00Z"))[0]?.[1]).toBe(900);
  });

  test("over the leap day: days' sums before the kept results, the results since, none of them twice", async () => {
    // 30 days before 2 March 2028 is 1 February: of January the days' sums are left.
    context.setNow("2028-03-02T00:00:00Z");
    const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 3_600 });
    const day = (text: string, downSeconds: number) => ({ checkId: id, day: at(text), ok: 22, failed: 2, downSeconds });
    await context.db.healthCheckDay.createMany({
      data: [day("2028-01-30", 5_000), day("2028-01-31", 7_200), day("2028-02-01", 3_600)],
    });
    // 1 February's own sum is not counted besides its result: down from 10:00 to 11:00.
    await addResults(id, at("2028-02-01T10:00:00Z"), 3_600, "x.");
    // The leap day: down from 22:00 until 01:00 of 1 March.
    await addResults(id, at("2028-02-29T21:00:00Z"), 3_600, ".xxx.");
    const seconds = async (from: string, to: string) => (await downtime(from, to))[0]?.[1];
    expect(await seconds("2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z")).toBe(7_200);
    expect(await seconds("2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")).toBe(3_600 + 7_200);
    expect(await seconds("2028-03-01T00:00:00Z", "2028-03-02T00:00:00Z")).toBe(3_600);
    // February of Berlin begins at 23:00 UTC of 31 January, a day that began in January: it counts there.
    expect(await seconds("2028-01-31T23:00:00Z", "2028-02-29T23:00:00Z")).toBe(3_600 + 3_600);
    expect(await seconds("2027-12-31T23:00:00Z", "2028-01-31T23:00:00Z")).toBe(5_000 + 7_200);
    expect(await seconds("2027-12-31T23:00:00Z", "2028-03-02T00:00:00Z")).toBe(5_000 + 7_200 + 3_600 + 10_800);
  });
});

test("uptime over a leap day and a maintenance window", async () => {
  /*
   * Now is 1 March 2028, 12:00 UTC. Spans count whole UTC days, today too: 7 are since 24 February, 30 since 1 February
   * (February has 29), 90 since 3 December.
   *
   *   day         ok  warning failed crashed skipped   counts in
   *   2027-12-02   0   0      10      0       0        none
   *   2027-12-03   5   0       5      0       0        90
   *   2028-01-31   8   0       2      0       0        90
   *   2028-02-01   9   0       1      0       0        90 30
   *   2028-02-23  10   0       0      0       0        90 30
   *   2028-02-24   6   2       1      1       5        90 30 7
   *   2028-02-29   7   0       3      0       0        90 30 7
   *   2028-03-01   the results below: . x m m . w s    90 30 7 (ok 2, warning 1, failed 1; the window's and the skipped say nothing)
   *
   * 7:  (6+2+7+2+1) of 10+10+4 = 18 of 24 = 75 %; 30: (18+9+10) of 24+20 = 37 of 44; 90: (37+5+8) of 44+20 = 50 of 64.
   * 24 h: since 29 February, 12:00, the results alone: 3 of 4.
   */
  context.setNow("2028-03-01T12:00:00Z");
  const { id } = await addCheck(context, { label: "Shop", intervalSeconds: 3_600 });
  const day = (text: string, [ok = 0, warning = 0, failed = 0, crashed = 0, skipped = 0]: number[]) => ({
    checkId: id,
    day: at(text),
    ok,
    warning,
    failed,
    crashed,
    skipped,
  });
  await context.db.healthCheckDay.createMany({
    data: [
      day("2027-12-02", [0, 0, 10]),
      day("2027-12-03", [5, 0, 5]),
      day("2028-01-31", [8, 0, 2]),
      day("2028-02-01", [9, 0, 1]),
      day("2028-02-23", [10]),
      day("2028-02-24", [6, 2, 1, 1, 5]),
      day("2028-02-29", [7, 0, 3]),
    ],
  });
  await addResults(id, at("2028-03-01T01:00:00Z"), 3_600, ".xmm.ws");
  const uptime = (await getUptime(context, { checkIds: [id] })).get(id);
  expect(uptime).toEqual({ h24: 75, d7: 75, d30: expect.closeTo((100 * 37) / 44, 9), d90: (100 * 50) / 64 });
  // The day of the figures' own: down from 02:00 to the window's first result at 03:00.
  expect(await downtime("2028-03-01T00:00:00Z", "2028-03-02T00:00:00Z")).toEqual([["Shop", 3_600, 75]]);
});

test("what recurs: kinds of causes, checks at the root, rules that fire", async () => {
  context.setNow("2027-01-20T00:00:00Z");
  const incident = (day: string, category: string | undefined, ...causes: [kind: string, title: string][]) =>
    addIncident({
      severity: "high",
      started: `2027-01-${day}T00:00:00Z`,
      detected: `2027-01-${day}T00:00:00Z`,
      ...(category !== undefined && { category }),
      causes: causes.map(([kind, title]) => ({ kind, title, reason: "", score: 1, link: `/${kind}/${title}` })),
    });
  const one = await incident("01", "Deploy", ["deploy", "shop 1"], ["check", "Database"], ["check", "Cache"]);
  const two = await incident("02", "deploy", ["check", "Database"]);
  await incident("03", "capacity", ["metric", "cpu"]);
  await incident("04", "");
  await incident("05", undefined, ["check", "Cache"]);
  const fire = (ruleKey: string, ruleLabel: string, day: string) =>
    addAlert(context, { ruleKey, ruleLabel, firingSince: at(`2027-01-${day}T00:00:00Z`) });
  await fire("memory", "Memory, old name", "02");
  await fire("memory", "Memory", "03");
  await fire("disk", "Disk", "03");
  await addAlert(context, { ruleKey: "disk", ruleLabel: "Disk", firingSince: at("2026-12-31T00:00:00Z") });
  // A reminder of work is no cause.
  await addAlert(context, { ruleKey: "action-items", source: "action-item", firingSince: at("2027-01-03T00:00:00Z") });
  const { categories, roots, rules } = await getFigures(context, { from: at("2027-01-01T00:00:00Z") });
  expect(categories.map(({ name, count }) => [name, count])).toEqual([
    ["deploy", 2],
    ["capacity", 1],
  ]);
  expect(roots).toEqual([
    {
      name: "Database",
      count: 2,
      link: "/check/Database",
      incidents: [two, one].map(({ id, number }) => ({ id, number })),
    },
    expect.objectContaining({ name: "Cache", count: 1 }),
  ]);
  expect(rules).toEqual([
    { ruleId: null, label: "Memory", count: 2 },
    { ruleId: null, label: "Disk", count: 1 },
  ]);
});
