import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseXml, type XmlElement } from "@/lib/testing/parse-xml";
import {
  checkFacts,
  componentFacts,
  incidentFacts,
  NOW,
  statusFacts,
  updateFacts,
  windowFacts,
} from "@/lib/testing/status-facts";
import { buildStatus } from "./build-status";
import { createEdition, warm } from "./edition";
import { responseOfStatus } from "./status";
import type { StatusFacts } from "./status-facts";
import { statuspageStatus, statuspageSummary } from "./statuspage-format";

const PATHS = [
  "/status",
  "/status/feed.atom",
  "/api/status.json",
  "/api/v2/summary.json",
  "/api/v2/status.json",
] as const;

function editionOf(facts: Partial<StatusFacts>, isLastKnown = false) {
  const edition = createEdition(buildStatus(statusFacts(facts), NOW), { isLastKnown, now: NOW });
  const read = async (path: string) => (await edition.find(path)?.bytes("identity"))?.toString() ?? "";
  return { edition, read };
}

/** Every text that anybody can get. */
async function everything(facts: Partial<StatusFacts>, isLastKnown = false): Promise<string[]> {
  const { read } = editionOf(facts, isLastKnown);
  const numbers = (facts.incidents ?? []).map(({ number }) => `/status/incidents/${number}`);
  return Promise.all([...PATHS, ...numbers].map(read));
}

const url = z.url();
const time = z.iso.datetime({ offset: true });
const feed = z.object({
  id: url,
  title: z.string().min(1),
  updated: time,
  author: z.string().min(1),
  links: z.array(z.object({ rel: z.enum(["self", "alternate"]), href: url })).length(2),
  entries: z.array(
    z.object({
      id: z.union([url, z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/)]),
      title: z.string().min(1),
      link: url,
      published: time,
      updated: time,
      content: z.string().min(1),
      type: z.literal("html"),
    }),
  ),
});

/** A feed as RFC 4287 wants it. */
function readFeed(xml: string): z.output<typeof feed> {
  const root = parseXml(xml);
  expect([root.name, root.attributes["xmlns"]]).toEqual(["feed", "http://www.w3.org/2005/Atom"]);
  const all = (of: XmlElement, name: string) => of.children.filter((child) => child.name === name);
  const one = (of: XmlElement, name: string) => {
    const found = all(of, name);
    expect(found, `one ${name}`).toHaveLength(1);
    return found[0] ?? of;
  };
  return feed.parse({
    id: one(root, "id").text,
    title: one(root, "title").text,
    updated: one(root, "updated").text,
    author: one(one(root, "author"), "name").text,
    links: all(root, "link").map(({ attributes }) => attributes),
    entries: all(root, "entry").map((entry) => ({
      id: one(entry, "id").text,
      title: one(entry, "title").text,
      link: one(entry, "link").attributes["href"],
      published: one(entry, "published").text,
      updated: one(entry, "updated").text,
      content: one(entry, "content").text,
      type: one(entry, "content").attributes["type"],
    })),
  });
}

/** Text that tries to get out of wherever it stands. */
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></content>",
    "&lt;b&gt;",
    "</style><script>",
    "' onmouseover='x",
    "\u0000\u0001\ud800\ufffe",
    "# Heading\n\n[x](javascript:alert(1))",
  ),
);
const named = nasty.map((text) => text || "x");

const facts = fc
  .record({
    title: named,
    label: named,
    group: nasty,
    description: nasty,
    incident: named,
    message: named,
    window: named,
    why: nasty,
  })
  .map((texts): Partial<StatusFacts> => {
    const check = checkFacts();
    const { title, label, group, description, incident, message, window, why } = texts;
    return {
      settings: { enabled: true, title, description, logoUrl: "/logo.svg", accent: "#0f766e", contactUrl: null },
      components: [componentFacts({ label, groupName: group, description, checks: [check], showResponseTime: true })],
      incidents: [
        incidentFacts({
          number: 7,
          title: incident,
          checks: [{ checkId: check.id, impact: "partial" }],
          updates: [updateFacts({ message })],
          postmortem: {
            visibility: "public",
            publishedAt: NOW,
            impact: why,
            rootCause: message,
            contributingFactors: why,
            whys: [why],
            wentWell: why,
            wentBadly: why,
          },
        }),
      ],
      windows: [windowFacts({ label: window, description })],
    };
  });

test("whatever people wrote, the feed is well-formed Atom, and the JSON has its shapes", async () => {
  await fc.assert(
    fc.asyncProperty(facts, async (given) => {
      const { read } = editionOf(given);
      expect(readFeed(await read("/status/feed.atom")).entries).toHaveLength(2);
      responseOfStatus.parse(JSON.parse(await read("/api/status.json")));
      statuspageSummary.parse(JSON.parse(await read("/api/v2/summary.json")));
      statuspageStatus.parse(JSON.parse(await read("/api/v2/status.json")));
    }),
  );
});

test("whatever people wrote, no page has an element or an attribute that was not made here", async () => {
  const TAGS =
    /^(html|head|body|meta|title|link|style|div|header|nav|main|footer|section|article|h1|h2|h3|h4|p|a|img|span|strong|em|code|pre|ul|ol|li|dl|dt|dd|time|svg|path|circle|rect|details|summary|table|thead|tbody|tr|th|td|blockquote|hr|br|s)$/;
  await fc.assert(
    fc.asyncProperty(facts, async (given) => {
      const { read } = editionOf(given);
      for (const path of ["/status", "/status/incidents/7"]) {
        const page = (await read(path)).replace(/<style>[^<]*<\/style>/, "");
        for (const [, tag = ""] of page.matchAll(/<\/?([a-zA-Z][^\s/>]*)/g)) expect(tag).toMatch(TAGS);
        // Within its quotes a value is only text.
        expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*(\son\w+\s*=|'|`)/i);
        expect(page).not.toMatch(/(href|src)="\s*(javascript|data|vbscript):/i);
      }
    }),
  );
});

test("nothing internal gets out, in any form of the page", async () => {
  const secret = fc.uuid().map((text) => `INTERNAL${text.slice(0, 8)}`);
  const entry = fc.record({
    isPublic: fc.boolean(),
    source: fc.constantFrom("update", "change", "alert", "check", "deploy"),
  });
  await fc.assert(
    fc.asyncProperty(
      secret,
      fc.array(entry, { maxLength: 6 }),
      fc.constantFrom("internal" as const, "public" as const),
      fc.boolean(),
      fc.boolean(),
      async (hidden, entries, visibility, isPublished, isLastKnown) => {
        const check = checkFacts({ key: hidden, type: hidden, status: "failed" });
        const isShown = ({ isPublic, source }: (typeof entries)[number]) => isPublic && source === "update";
        const texts = { impact: hidden, rootCause: hidden, contributingFactors: hidden, wentWell: hidden };
        const isMine = visibility === "public" && isPublished;
        const postmortem = {
          ...(isMine ? { impact: "", rootCause: "", contributingFactors: "", wentWell: "" } : texts),
          whys: isMine ? [] : [hidden],
          wentBadly: isMine ? "" : hidden,
          visibility,
          publishedAt: isPublished ? NOW : null,
        };
        const updates = entries.map((one) => updateFacts({ ...one, message: isShown(one) ? "Seen by all" : hidden }));
        const checks = [{ checkId: check.id, impact: "major" as const }];
        const given: Partial<StatusFacts> = {
          components: [componentFacts({ checks: [check], showResponseTime: true })],
          incidents: [
            incidentFacts({ number: 1, updates, checks, postmortem }),
            incidentFacts({
              number: 2,
              title: hidden,
              visibility: "internal",
              updates: [updateFacts({ message: hidden })],
            }),
            incidentFacts({ number: 3, status: "resolved", resolvedAt: new Date(0), startedAt: new Date(0), updates }),
          ],
          windows: [
            windowFacts({ label: hidden, description: hidden }, false),
            windowFacts({ createdBy: hidden, matchers: [{ label: "check", op: "=", value: hidden }] }),
          ],
        };
        for (const text of await everything(given, isLastKnown)) expect(text).not.toContain(hidden);
        expect(JSON.stringify(buildStatus(statusFacts(given), NOW))).not.toContain(hidden);
      },
    ),
  );
});

describe("the feed", () => {
  const incident = incidentFacts({
    number: 12,
    title: "Cards & <b>transfers</b>",
    updates: [updateFacts({ message: "**Slow**" })],
  });

  test("an entry keeps its id and says what changed; its HTML is escaped once", async () => {
    const before = readFeed(await editionOf({ incidents: [incident] }).read("/status/feed.atom"));
    const resolved = { ...incident, status: "resolved" as const, resolvedAt: NOW };
    const after = readFeed(await editionOf({ incidents: [resolved] }).read("/status/feed.atom"));
    expect(before.entries[0]).toMatchObject({
      id: `urn:uuid:${incident.id}`,
      title: "Investigating: Cards & <b>transfers</b>",
      link: "https://status.example.com/status/incidents/12",
      updated: "2028-03-01T11:30:00.000Z",
    });
    expect(before.entries[0]?.content).toContain("<strong>Slow</strong>");
    expect(after.entries[0]).toMatchObject({ id: before.entries[0]?.id, updated: NOW.toISOString() });
    expect(after.updated).toBe(NOW.toISOString());
  });

  test("the same facts on another day are the same feed", async () => {
    const snapshot = buildStatus(statusFacts({ incidents: [incident] }), NOW);
    const later = new Date(NOW.getTime() + 3 * 86_400_000);
    const [one, other] = await Promise.all(
      [NOW, later].map((now) =>
        createEdition(snapshot, { isLastKnown: false, now }).find("/status/feed.atom")?.bytes("identity"),
      ),
    );
    expect(one?.toString()).toBe(other?.toString());
  });

  test("a feed in which nothing happened yet is a feed", async () => {
    expect(readFeed(await editionOf({}).read("/status/feed.atom")).entries).toEqual([]);
  });
});

describe("Statuspage's shape", () => {
  const payments = componentFacts({ groupName: "Shop", checks: [checkFacts({ status: "failed" })] });
  const search = componentFacts({ label: "Search", checks: [checkFacts({ lastResultAt: null })] });
  const incident = incidentFacts({
    severity: "critical",
    checks: [{ checkId: payments.checks[0]?.id ?? "", impact: "major" }],
    updates: [updateFacts({ message: "Looking" })],
  });
  const over = incidentFacts({ status: "resolved", resolvedAt: NOW });
  const later = windowFacts({ startsAt: new Date("2028-03-02T01:00:00Z"), endsAt: new Date("2028-03-02T02:00:00Z") });

  test("components with their groups, the open incidents, the maintenance, and the state in a word", async () => {
    const { read } = editionOf({ components: [payments, search], incidents: [incident, over], windows: [later] });
    const summary = statuspageSummary.parse(JSON.parse(await read("/api/v2/summary.json")));
    expect(summary.status).toEqual({ indicator: "major", description: "Partial outage" });
    expect(summary.components.map(({ name, status, group }) => [name, status, group])).toEqual([
      ["Shop", "major_outage", true],
      ["Payments", "major_outage", false],
      // Statuspage has no word for it, and it is not operational.
      ["Search", "degraded_performance", false],
    ]);
    const [group, member] = summary.components;
    expect(group?.components).toEqual([payments.id]);
    expect(member?.group_id).toBe(group?.id);
    expect(summary.incidents).toMatchObject([
      {
        id: incident.id,
        impact: "critical",
        incident_updates: [{ body: "Looking", status: "investigating" }],
        components: [{ id: payments.id }],
      },
    ]);
    expect(summary.scheduled_maintenances).toMatchObject([
      { name: "Database move", status: "scheduled", scheduled_for: "2028-03-02T01:00:00.000Z" },
    ]);
    expect(statuspageStatus.parse(JSON.parse(await read("/api/v2/status.json"))).status).toEqual(summary.status);
  });
});

describe("the page", () => {
  test("the state is said in words, the bars too", async () => {
    const page = await editionOf({ components: [componentFacts()] }).read("/status");
    expect(page).toContain("All systems operational");
    expect(page).toContain('aria-label="Payments, last 90 days: no data"');
    expect(page).not.toContain("Last known state");
    expect(page).not.toContain("<script");
  });

  test("the last known state says its age", async () => {
    const snapshot = buildStatus(statusFacts({ components: [componentFacts()] }), NOW);
    const now = new Date(NOW.getTime() + 200_000);
    const page = await createEdition(snapshot, { isLastKnown: true, now }).find("/status")?.bytes("identity");
    expect(page?.toString()).toContain("Last known state, from 12:00 UTC, 3 min ago.");
  });

  test("an incident's own page is found by its number, also long after; an internal one's is not", async () => {
    const { edition } = editionOf({
      incidents: [
        incidentFacts({ number: 7 }),
        incidentFacts({ number: 8, status: "resolved", resolvedAt: new Date("2027-01-01T00:00:00Z") }),
        incidentFacts({ number: 9, visibility: "internal" }),
      ],
    });
    expect(edition.find("/status/incidents/7")).toBeDefined();
    expect(edition.find("/status/incidents/8")).toBeDefined();
    for (const path of [
      "/status/incidents/9",
      "/status/incidents/07",
      "/status/incidents/",
      "/status/x",
      "/api/x.json",
    ])
      expect(edition.find(path), path).toBeUndefined();
  });

  test("what was asked of an edition is made of the next one before anybody asks", async () => {
    const { edition: before } = editionOf({ incidents: [incidentFacts({ number: 7 })] });
    await before.find("/status")?.bytes("br");
    before.find("/status/incidents/7");
    const { edition: next } = editionOf({});
    await warm(next, before);
    // The incident is gone.
    expect(next.asked()).toEqual([{ path: "/status", encodings: ["br"] }]);
  });

  test("bytes are made once an edition, in each encoding the same document", async () => {
    const { edition } = editionOf({ components: [componentFacts()] });
    const page = edition.find("/status");
    expect(edition.find("/status")).toBe(page);
    const [plain, br, gzip] = await Promise.all(
      (["identity", "br", "gzip"] as const).map((encoding) => page?.bytes(encoding)),
    );
    expect(await page?.bytes("br")).toBe(br);
    expect(brotliDecompressSync(br ?? "").equals(plain ?? Buffer.from(""))).toBe(true);
    expect(gunzipSync(gzip ?? "").equals(plain ?? Buffer.from(""))).toBe(true);
    expect((br ?? "").length).toBeLessThan((plain ?? "").length / 4);
  });
});
