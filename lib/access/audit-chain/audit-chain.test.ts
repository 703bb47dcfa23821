import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { userActor } from "@/lib/testing/actors";
import { clearAudit, withoutGuards } from "@/lib/testing/clear-audit";
import { createTestContext } from "@/lib/testing/test-context";
import { writeAudit } from "../audit";
import { type ExportedEntry, exportAudit } from "../export-audit";
import { keepAuditHead, readAuditHead } from "./head-file";
import { verifyAudit } from "./verify-audit";

const context = await createTestContext();
const ada = context.as({ ...userActor("admin"), name: "Ada", address: "203.0.113.7" });
const folder = await mkdtemp(join(tmpdir(), "watchkeeper-audit-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  context.setNow("2026-11-27T12:00:00.123Z");
  await clearAudit(context.sql);
});

async function write(count: number) {
  for (let n = 1; n <= count; n += 1)
    await writeAudit(context.db, ada, {
      action: "check.update",
      subjectType: "check",
      subjectId: `c${n}`,
      before: { label: `Käse ${n}`, limits: [1.5, n] },
      after: { label: "🧀;3:x", nothing: null },
    });
}

const ids = async (): Promise<string[]> =>
  (await context.sql.query<{ id: string }>("SELECT id::text AS id FROM audit_entries ORDER BY id")).rows.map(
    ({ id }) => id,
  );
const faultOf = async (...kept: Parameters<typeof verifyAudit>[1][]) =>
  (await verifyAudit(ada, ...kept)).fault?.message;

test("what was written is found as it was written, whatever it holds", async () => {
  expect(await verifyAudit(ada)).toEqual({ entries: 0, head: null, fault: null });
  await write(5);
  const verdict = await verifyAudit(ada);
  expect(verdict).toMatchObject({ entries: 5, head: { position: 5 }, fault: null });
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\0")),
      fc.dictionary(
        fc.string().filter((key) => !key.includes("\0")),
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
      ),
      async (action, after) => {
        await writeAudit(context.db, ada, { action, subjectType: "x", after });
      },
    ),
    { numRuns: 40 },
  );
  expect(await verifyAudit(ada)).toMatchObject({ entries: 45, fault: null });
});

test("the database itself refuses to change, delete or empty it", async () => {
  await write(2);
  for (const statement of [
    "UPDATE audit_entries SET action = 'nothing'",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
    "UPDATE audit_chain SET hash = '\\x00'",
    "DELETE FROM audit_chain",
    "TRUNCATE audit_chain",
  ])
    await expect(context.sql.query(statement), statement).rejects.toThrow("the audit trail can only be added to");
  expect(await verifyAudit(ada)).toMatchObject({ entries: 2, fault: null });
});

test.each([
  "id = id + 1000",
  "at = at + interval '1 ms'",
  "actor_kind = 'token'",
  "actor_id = NULL",
  "actor_name = 'Eve'",
  "action = 'check.delete'",
  "subject_type = 'user'",
  "subject_id = NULL",
  `before = jsonb_set(before, '{limits,0}', '1.6')`,
  "before = NULL",
  `after = after || '{"more": 1}'`,
  "address = '203.0.113.8'",
])("one value changed is found: %s", async (change) => {
  await write(4);
  const [, second] = await ids();
  await withoutGuards(context.sql, `UPDATE audit_entries SET ${change} WHERE id = ${second};`);
  expect(await verifyAudit(ada)).toMatchObject({
    entries: 1,
    fault: { message: expect.stringContaining(`Entry ${second} `) },
  });
});

test("any byte of any row: whichever is changed is found", async () => {
  await write(6);
  const written = await ids();
  await fc.assert(
    fc.asyncProperty(fc.nat(5), fc.nat(10_000), async (row, at) => {
      const id = written[row];
      const change = (change: string) =>
        withoutGuards(context.sql, `UPDATE audit_entries SET ${change} WHERE id = ${id};`);
      const place = (at % 12) + 1;
      await change(`action = overlay(action PLACING chr(ascii(substr(action, ${place}, 1)) + 1) FROM ${place})`);
      expect((await verifyAudit(ada)).fault?.entryId).toBe(id);
      await change(`action = overlay(action PLACING chr(ascii(substr(action, ${place}, 1)) - 1) FROM ${place})`);
      expect((await verifyAudit(ada)).fault).toBeNull();
    }),
    { numRuns: 25 },
  );
});

test("an entry deleted, put in, exchanged with another or moved is found", async () => {
  await write(5);
  const [first, second, third] = await ids();
  await withoutGuards(context.sql, `DELETE FROM audit_entries WHERE id = ${third};`);
  expect(await faultOf()).toBe(`Entry ${third} was deleted.`);
  await withoutGuards(context.sql, `DELETE FROM audit_chain WHERE entry_id = ${third};`);
  expect(await faultOf()).toBe("Link 3 of the chain is gone.");

  await clearAudit(context.sql);
  await write(3);
  const [a, b] = await ids();
  await withoutGuards(
    context.sql,
    `UPDATE audit_entries SET id = 0 WHERE id = ${a}; UPDATE audit_entries SET id = ${a} WHERE id = ${b}; UPDATE audit_entries SET id = ${b} WHERE id = 0;`,
  );
  expect(await faultOf()).toContain(`Entry ${a} is not what was written`);
  expect([first, second]).not.toContain(a);

  await clearAudit(context.sql);
  await write(2);
  await withoutGuards(
    context.sql,
    "INSERT INTO audit_entries (actor_kind, actor_name, action, subject_type) VALUES ('user', 'Eve', 'x', 'y');",
  );
  expect(await faultOf()).toMatch(/^Entry \d+ was put in without its link\.$/);
});

test("what is cut off at the end, or written anew, is found by the end that was kept elsewhere", async () => {
  await keepAuditHead(context.sql, folder);
  expect(await readAuditHead(folder)).toBeUndefined();
  await write(4);
  await keepAuditHead(context.sql, folder);
  const kept = await readAuditHead(folder);
  expect(kept).toMatchObject({ position: 4 });
  await write(1);
  expect(await faultOf({ kept })).toBeUndefined();
  await withoutGuards(
    context.sql,
    "DELETE FROM audit_entries WHERE id IN (SELECT entry_id FROM audit_chain WHERE position > 2); DELETE FROM audit_chain WHERE position > 2;",
  );
  expect(await faultOf()).toBeUndefined();
  expect(await faultOf({ kept })).toContain("its end was cut off");
  await keepAuditHead(context.sql, folder);
  expect(await readAuditHead(folder)).toEqual(kept);
  await write(2);
  expect(await faultOf({ kept })).toContain("written anew");
  expect(await readFile(join(folder, "audit-head.json"), "utf8")).toContain(kept?.hash);
});

test("transactions side by side make one chain, and none waits for another in a circle", async () => {
  const check = await context.db.user.create({
    data: { email: "a@example.com", name: "a", role: "viewer", passwordHash: "x" },
  });
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      context.db.$transaction(
        async (tx) => {
          await writeAudit(tx, ada, { action: "first", subjectType: "x", subjectId: String(n) });
          await tx.user.update({ where: { id: check.id }, data: { name: `a${n}` } });
          await writeAudit(tx, ada, { action: "second", subjectType: "x", subjectId: String(n) });
        },
        { maxWait: 20_000, timeout: 20_000 },
      ),
    ),
  );
  expect(await verifyAudit(ada)).toMatchObject({ entries: 40, fault: null });
});

test("what is rolled back leaves neither an entry nor a link", async () => {
  await expect(
    context.db.$transaction(async (tx) => {
      await writeAudit(tx, ada, { action: "x", subjectType: "x" });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await write(1);
  expect(await verifyAudit(ada)).toMatchObject({ entries: 1, head: { position: 1 }, fault: null });
});

test("the export has every entry with its link, the oldest first; it and the look at the chain are for admins", async () => {
  await write(3);
  const entries: ExportedEntry[] = [];
  for await (const entry of exportAudit(ada)) entries.push(entry);
  expect(entries.map(({ position, subjectId }) => [position, subjectId])).toEqual([
    [1, "c1"],
    [2, "c2"],
    [3, "c3"],
  ]);
  expect(entries[2]?.hash).toBe((await verifyAudit(ada)).head?.hash);
  expect(entries[0]).toMatchObject({ actorName: "Ada", address: "203.0.113.7", before: { label: "Käse 1" } });
  const editor = context.as(userActor("editor"));
  await expect(exportAudit(editor).next()).rejects.toMatchObject({ kind: "forbidden" });
  await expect(verifyAudit(editor)).rejects.toMatchObject({ kind: "forbidden" });
});

test("what was there before the chain is part of it", async () => {
  await write(3);
  const before = await verifyAudit(ada);
  const migration = await readFile("prisma/migrations/20261129000000_audit_chain/migration.sql", "utf8");
  const linking = /DO \$\$[\s\S]*?END\s*\$\$;/.exec(migration)?.[0];
  expect(linking).toBeDefined();
  await withoutGuards(context.sql, `TRUNCATE audit_chain; ${linking}`);
  expect(await verifyAudit(ada)).toEqual(before);
});
