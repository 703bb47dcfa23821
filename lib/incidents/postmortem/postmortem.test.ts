import { beforeEach, describe, expect, test } from "vitest";
import { isProblem } from "@/lib/core/errors";
import { tokenActor, userActor } from "@/lib/testing/actors";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { addAction } from "../actions/add-action";
import { updateAction } from "../actions/update-action";
import { addUpdate } from "../add-update";
import { changeEntry } from "../change-entry";
import { declareIncident } from "../declare-incident";
import { getIncidentStory } from "../get-incident";
import { updateIncident } from "../update-incident";
import { publicDocument } from "./document";
import { getPostmortem, listCauseCategories } from "./get-postmortem";
import { publishPostmortem, unpublishPostmortem } from "./publish-postmortem";
import { savePostmortem } from "./save-postmortem";
import { toMarkdown } from "./to-markdown";
import { clearAudit } from "@/lib/testing/clear-audit";

const base = await createTestContext();
const START = new Date("2026-11-27T12:00:00Z");
const ada = { ...userActor("editor"), name: "Ada" };
const grace = { ...userActor("editor"), name: "Grace" };

beforeEach(async () => {
  base.setNow(START);
  await base.sql.query("TRUNCATE incidents, health_checks, users CASCADE");
  await clearAudit(base.sql);
  for (const { id, name } of [ada, grace])
    await base.db.user.create({
      data: { id, name, email: `${name.toLowerCase()}@example.com`, role: "editor", passwordHash: "x" },
    });
});

const declare = (more: object = {}) =>
  declareIncident(base.as(ada), { title: "Payments fail", severity: "high", ...more });
const read = async (id: string) => (await getPostmortem(base, { id })).postmortem;
const save = (id: string, fields: object, who = ada) => savePostmortem(base.as(who), { id, ...fields });

describe("before anybody wrote it", () => {
  test("the template has what is known: times, affected checks with their downtime, the likeliest cause, the story's lines", async () => {
    const shop = await addCheck(base, { label: "Shop [EU]", intervalSeconds: 60 });
    await base.db.healthCheckDay.create({
      data: { checkId: shop.id, day: new Date("2026-10-01"), failed: 5, downSeconds: 300 },
    });
    const { id } = await declare({
      startedAt: new Date("2026-10-01T00:00:00Z"),
      detectedAt: new Date("2026-10-01T00:02:00Z"),
      checks: [{ checkId: shop.id, impact: "major" }],
    });
    const cause = (kind: string, title: string, reason: string) => ({ kind, title, reason, score: 1, link: null });
    await base.db.incident.update({
      where: { id },
      data: { causes: [cause("deploy", "shop 2.4.1", "30 s before."), cause("check", "Database", "It failed first.")] },
    });
    await addUpdate(base.as(ada), { id, message: "We look at it." });
    const { postmortem, timeline } = await getPostmortem(base, { id });
    expect(postmortem).toMatchObject({
      version: 0,
      publishedAt: null,
      impact:
        "It began at 2026-10-01 00:00 UTC, was noticed after 2 min and is not over yet.\n\n- Shop \\[EU\\]: down, failing for 5 min",
      rootCause: "shop 2.4.1: 30 s before.",
      contributingFactors: "- Database: It failed first.",
      whys: [],
    });
    expect(timeline.map(({ message }) => message)).toEqual(["Ada declared the incident, high.", "We look at it."]);
    expect(await base.db.postmortem.count()).toBe(0);
    await updateIncident(base.as(ada), { id, status: "resolved" });
    expect((await read(id)).impact).toContain("and was over at 2026-11-27 12:00 UTC, after 57 d 12 h.");
  });

  test("it is found by the incident's number too, and nobody's id is none", async () => {
    const { number } = await declare();
    expect((await getPostmortem(base, { id: String(number) })).incident.title).toBe("Payments fail");
    await expect(getPostmortem(base, { id: crypto.randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
    await expect(save(crypto.randomUUID(), {})).rejects.toMatchObject({ kind: "not-found" });
  });

  test("what the first one leaves out is the template's", async () => {
    const { id } = await declare();
    const saved = await save(id, { rootCause: "A deploy.", whys: ["It had no index.", "  ", "Nobody looked."] });
    expect(saved).toMatchObject({ version: 1, updatedBy: "Ada", rootCause: "A deploy." });
    expect(saved.whys).toEqual(["It had no index.", "Nobody looked."]);
    expect(saved.impact).toContain("It began at 2026-11-27 12:00 UTC");
  });
});

test.each([
  [{ impact: "x".repeat(20_001) }, "impact"],
  [{ causeCategory: "x".repeat(61) }, "causeCategory"],
  [{ whys: ["1", "2", "3", "4", "5", "6"] }, "whys"],
  [{ whys: ["ok", "x".repeat(1_001)] }, "whys.1"],
  [{ visibility: "public" }, ""],
  [{ publishedAt: "2026-11-27T12:00:00Z" }, ""],
])("%o is refused at its field", async (wrong, path) => {
  const { id } = await declare();
  await expect(save(id, wrong)).rejects.toMatchObject({ kind: "invalid", issues: [{ path }] });
  expect(await base.db.postmortem.count()).toBe(0);
});

test("of two who opened the template both texts stay; a field that both wrote is told, and overwritten knowingly", async () => {
  const { id } = await declare();
  const { impact } = await read(id);
  await save(id, { version: 0, impact: "Nobody could pay.", rootCause: "" }, grace);
  // Ada's form holds the template's impact, which she did not touch.
  const merged = await save(id, { version: 0, impact, rootCause: "A deploy." });
  expect(merged).toMatchObject({ version: 2, impact: "Nobody could pay.", rootCause: "A deploy." });
  const mine = { version: 0, impact: "Some could not pay.", rootCause: "A deploy." };
  await expect(save(id, mine)).rejects.toMatchObject({
    kind: "conflict",
    version: 2,
    issues: [{ path: "impact", message: "Grace changed it in the meantime" }],
  });
  expect((await read(id)).impact).toBe("Nobody could pay.");
  await save(id, { ...mine, seenVersion: 2 });
  expect(await read(id)).toMatchObject({ version: 3, impact: "Some could not pay.", rootCause: "A deploy." });
});

test("lines that a browser ends its own way are no change", async () => {
  const { id } = await declare();
  await save(id, { wentWell: "One\nTwo" });
  const { version } = await save(id, { wentWell: "One\r\nTwo" }, grace);
  expect(version).toBe(1);
});

test("of 20 saves of one field made on the same version one goes through, and 19 are told", async () => {
  const { id } = await declare();
  const { version } = await save(id, {});
  const saves = Array.from({ length: 20 }, (_, n) => save(id, { version, impact: `Text ${n}` }, n % 2 ? ada : grace));
  const settled = await Promise.allSettled(saves);
  const told = settled.filter((one) => one.status === "rejected");
  expect(told).toHaveLength(19);
  expect(told.every(({ reason }) => isProblem(reason) && reason.kind === "conflict")).toBe(true);
  expect((await read(id)).version).toBe(version + 1);
});

test("of 20 first saves at once one begins it, and those that are told lose nothing", async () => {
  const { id } = await declare();
  const saves = Array.from({ length: 20 }, (_, n) => save(id, { version: 0, impact: `Text ${n}` }));
  const settled = await Promise.allSettled(saves);
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await base.db.postmortem.count()).toBe(1);
});

test("20 people add a line to the same text at once, each again when told: every line is there", async () => {
  const { id } = await declare();
  await save(id, { wentBadly: "" });
  const addLine = async (line: string): Promise<void> => {
    for (;;) {
      const { version, wentBadly } = await read(id);
      try {
        await save(id, { version, wentBadly: wentBadly === "" ? line : `${wentBadly}\n${line}` });
        return;
      } catch (error) {
        if (!isProblem(error) || error.kind !== "conflict") throw error;
      }
    }
  };
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
  await Promise.all(lines.map(addLine));
  expect((await read(id)).wentBadly.split("\n").sort()).toEqual(lines.toSorted());
});

test("20 saves of different fields at once, all on one version: each is there", async () => {
  const { id } = await declare();
  const { version } = await save(id, {});
  const fields = ["impact", "rootCause", "contributingFactors", "wentWell", "wentBadly"];
  const saves = Array.from({ length: 20 }, (_, n) => save(id, { version, [fields[n % 5] ?? ""]: `Text ${n}` }));
  const settled = await Promise.allSettled(saves);
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(5);
  const stored = await read(id);
  expect(stored.version).toBe(version + 5);
  for (const field of [stored.impact, stored.rootCause, stored.contributingFactors, stored.wentWell, stored.wentBadly])
    expect(field).toMatch(/^Text \d+$/);
});

describe("published", () => {
  test("in the house and to the public, and taken back: the timeline and the audit log tell", async () => {
    const { id } = await declare({ visibility: "public" });
    await expect(publishPostmortem(base.as(ada), { id, visibility: "internal" })).rejects.toMatchObject({
      kind: "conflict",
    });
    await save(id, { impact: "Nobody could pay." });
    const published = await publishPostmortem(base.as(ada), { id, visibility: "internal" });
    expect(published).toMatchObject({ publishedAt: START, visibility: "internal" });
    base.advance(60);
    expect(await publishPostmortem(base.as(ada), { id, visibility: "public" })).toMatchObject({
      publishedAt: START,
      visibility: "public",
    });
    // Again is no fault, and no news.
    await publishPostmortem(base.as(ada), { id, visibility: "public" });
    await unpublishPostmortem(base.as(grace), { id });
    await unpublishPostmortem(base.as(grace), { id });
    expect(await read(id)).toMatchObject({ publishedAt: null, visibility: "internal" });
    const { timeline } = await getIncidentStory(base, { id });
    expect(timeline.slice(1).map(({ message, isPublic }) => [message, isPublic])).toEqual([
      ["Ada published the post-mortem in the house.", false],
      ["Ada published the post-mortem on the status page.", false],
      ["Grace took the post-mortem back: it is a draft again.", false],
    ]);
    const audit = await base.db.auditEntry.findMany({ where: { subjectType: "postmortem" }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual([
      "postmortem.save",
      "postmortem.publish",
      "postmortem.publish",
      "postmortem.unpublish",
    ]);
  });

  test("to the public only while the incident is", async () => {
    const { id } = await declare();
    await save(id, {});
    await expect(publishPostmortem(base.as(ada), { id, visibility: "public" })).rejects.toMatchObject({
      kind: "invalid",
      issues: [{ path: "visibility", message: "the incident is internal: make it public first" }],
    });
    await expect(publishPostmortem(base.as(ada), { id, visibility: "everyone" })).rejects.toMatchObject({
      issues: [{ path: "visibility" }],
    });
  });
});

/** An incident with a story, a written post-mortem and two action items. */
async function writeWhole(): Promise<string> {
  const check = await addCheck(base, { label: "Shop" });
  const { id } = await declare({
    title: "Payments *fail*",
    visibility: "public",
    leadId: ada.id,
    checks: [{ checkId: check.id, impact: "major" }],
  });
  await base.db.incident.update({ where: { id }, data: { number: 12 } });
  base.advance(60);
  const { updateId } = await addUpdate(base.as(ada), {
    id,
    message: "It is **slow**.\nWe look.",
    status: "identified",
  });
  await changeEntry(base.as(ada), { id: updateId, annotation: "The first sign" });
  await addUpdate(base.as(grace), { id, message: "Secret: the cable.", isPublic: false });
  base.advance(540);
  await updateIncident(base.as(ada), { id, status: "resolved" });
  await save(id, {
    impact: "Nobody could pay.",
    rootCause: "A deploy.",
    causeCategory: "deploy",
    whys: ["An index was gone.", "Nobody looked."],
    wentBadly: "- It took *long*.",
  });
  const first = await addAction(base.as(ada), { id, title: "Page on [lag]", ownerId: grace.id, dueOn: "2026-12-04" });
  base.advance(1);
  await addAction(base.as(ada), { id, title: "Check backups" });
  await updateAction(base.as(grace), { id: first.id, isDone: true });
  return id;
}

test("as Markdown it has everything, what is no Markdown is escaped", async () => {
  const id = await writeWhole();
  expect(toMarkdown(await getPostmortem(base, { id }))).toBe(`# INC-12: Payments \\*fail\\*

- **Severity**: high
- **Status**: resolved
- **Started**: 2026-11-27 12:00 UTC
- **Detected**: 2026-11-27 12:00 UTC (after 0 s)
- **Acknowledged**: 2026-11-27 12:00 UTC (after 0 s)
- **Mitigated**: 2026-11-27 12:10 UTC (after 10 min)
- **Resolved**: 2026-11-27 12:10 UTC (after 10 min)
- **Affected**: Shop (major)
- **Lead**: Ada
- **Published**: not yet: a draft

## Impact

Nobody could pay.

## Timeline

- **2026-11-27 12:00 UTC** investigating: Ada declared the incident, high.
- **2026-11-27 12:01 UTC** identified (Ada): It is **slow**.
  We look.
  > The first sign
- **2026-11-27 12:01 UTC** identified (Grace): Secret: the cable.
- **2026-11-27 12:10 UTC** resolved: Ada went from identified to resolved.

## Root cause

Kind of cause: deploy

A deploy.

## Contributing factors

_Not written yet._

## Five whys

1. An index was gone.
2. Nobody looked.

## What went well

_Not written yet._

## What went badly

- It took *long*.

## Action items

- [x] Page on \\[lag\\] (Grace, due 2026-12-04, done 2026-11-27 12:10 UTC by Grace)
- [ ] Check backups
`);
});

test("the public sees what people wrote for it, and neither names, notes, checks, action items nor the kind of cause", async () => {
  const id = await writeWhole();
  const shown = publicDocument(await getPostmortem(base, { id }));
  const text = toMarkdown(shown);
  for (const part of ["Nobody could pay.", "A deploy.", "An index was gone.", "It took *long*.", "It is **slow**."])
    expect(text).toContain(part);
  expect(text).not.toMatch(/Ada|Grace|Secret|first sign|backups|lag|Kind of cause|Action items|Shop|Detected|Acknow/);
  expect(JSON.stringify(shown)).not.toMatch(/Ada|Grace|Secret|first sign|backups|Shop/);
});

test("kinds of causes that were named are suggested, the most frequent first, whatever their case", async () => {
  for (const [category, minutes] of [
    ["deploy", 0],
    ["capacity", 1],
    ["Deploy", 2],
    ["", 3],
  ] as const) {
    base.setNow(new Date(START.getTime() + minutes * 60_000));
    await save((await declare()).id, { causeCategory: category });
  }
  expect(await listCauseCategories(base)).toEqual(["Deploy", "capacity"]);
});

test("a token that may write incidents and not read writes one all the same", async () => {
  const { id } = await declare();
  const writer = base.as(tokenActor("incidents:write"));
  expect(await savePostmortem(writer, { id, rootCause: "A deploy." })).toMatchObject({
    version: 1,
    updatedBy: "A token",
  });
});

test("a viewer reads and changes nothing", async () => {
  const { id } = await declare();
  await save(id, {});
  const viewer = base.as(userActor("viewer"));
  expect((await getPostmortem(viewer, { id })).postmortem.version).toBe(1);
  for (const write of [
    () => savePostmortem(viewer, { id, impact: "x" }),
    () => publishPostmortem(viewer, { id, visibility: "internal" }),
    () => unpublishPostmortem(viewer, { id }),
  ])
    await expect(write()).rejects.toMatchObject({ kind: "forbidden" });
});
