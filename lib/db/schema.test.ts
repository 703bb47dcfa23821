import { readFile } from "node:fs/promises";
import { Client } from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { cloneTemplate } from "@/lib/testing/template";
import { createStatements, listMigrationNames, migrate } from "./migrate";

const context = await createTestContext();

/** What a database is made of, in words that can be compared; partitions, checks, indexes of expressions and Prisma's own table aside. */
const CATALOGUE = `
  WITH tables AS (
    SELECT c.oid, c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'
  )
  SELECT 'column ' || t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
  FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
  UNION ALL
  SELECT 'foreign key ' || t.relname || ' ' || pg_get_constraintdef(k.oid)
  FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' AND k.conparentid = 0
  UNION ALL
  SELECT 'index ' || t.relname || ' ' || CASE WHEN i.indisunique THEN 'unique ' ELSE '' END
    || (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n)
  FROM tables t JOIN pg_index i ON i.indrelid = t.oid AND i.indexprs IS NULL
  UNION ALL
  SELECT 'enum ' || t.typname || ' ' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
  ORDER BY 1`;

async function catalogue(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ line: string }>(CATALOGUE);
  await client.end();
  return rows.map((row) => row.line);
}

test("the migrations and schema.prisma describe the same database", async () => {
  const empty = await cloneTemplate(inject("postgresUrl"), "template1");
  afterAll(() => empty.drop());
  const statements = await createStatements(empty.url, await readFile("prisma/schema.prisma", "utf8"));
  const client = new Client({ connectionString: empty.url });
  await client.connect();
  await client.query(statements);
  await client.end();
  const fromSchema = await catalogue(empty.url);
  expect(fromSchema.length).toBeGreaterThan(100);
  expect(await catalogue(context.databaseUrl)).toEqual(fromSchema);
});

test("migrating again changes nothing, and every migration is recorded", async () => {
  expect(await migrate(context.databaseUrl, process.cwd())).toEqual([]);
  const { rows } = await context.sql.query(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
  );
  expect(rows.map((row) => row.name)).toEqual(await listMigrationNames(process.cwd()));
});

const CHECK_ROW = { key: "web", type: "http", label: "Web", config: {} };

test.each([
  ["a key with capitals", { key: "Web" }],
  ["an interval of nothing", { intervalSeconds: 0 }],
  ["an interval over a day", { intervalSeconds: 86_401 }],
  ["a threshold of nothing", { failureThreshold: 0 }],
  ["a time-out of nothing", { timeoutSeconds: 0 }],
])("the database refuses a check with %s", async (_what, wrong) => {
  await expect(context.db.healthCheck.create({ data: { ...CHECK_ROW, ...wrong } })).rejects.toThrow(/constraint/);
});

test("the database refuses an email that is no email or has capitals, and a second user with the same", async () => {
  const user = { name: "Ada", role: "viewer" as const, passwordHash: "x" };
  await expect(context.db.user.create({ data: { ...user, email: "Ada@example.org" } })).rejects.toThrow(/constraint/);
  await expect(context.db.user.create({ data: { ...user, email: "ada" } })).rejects.toThrow(/constraint/);
  await context.db.user.create({ data: { ...user, email: "ada@example.org" } });
  await expect(context.db.user.create({ data: { ...user, email: "ada@example.org" } })).rejects.toThrow(/[Uu]nique/);
});

test("a resolved incident has its time, an open one has none", async () => {
  const incident = { title: "Down", severity: "high" as const };
  await expect(context.db.incident.create({ data: { ...incident, status: "resolved" } })).rejects.toThrow(/constraint/);
  await expect(context.db.incident.create({ data: { ...incident, resolvedAt: new Date() } })).rejects.toThrow(
    /constraint/,
  );
});

test("unknown words for severity, status and role are refused", async () => {
  await expect(context.sql.query("INSERT INTO incidents (title, severity) VALUES ('x', 'urgent')")).rejects.toThrow(
    /enum/,
  );
  await expect(context.sql.query("SELECT 'root'::role")).rejects.toThrow(/enum/);
  await expect(context.sql.query("SELECT 'green'::check_status")).rejects.toThrow(/enum/);
});

test("a deleted check takes its results and days with it; a deleted user leaves what they wrote", async () => {
  const check = await context.db.healthCheck.create({ data: { ...CHECK_ROW, key: "gone" } });
  const now = new Date();
  const result = {
    startedAt: now,
    durationMs: 1,
    status: "ok" as const,
    state: "ok" as const,
    shortSummary: "",
    message: "",
    meta: {},
  };
  await context.db.healthCheckResult.create({ data: { checkId: check.id, scheduledAt: now, ...result } });
  await context.db.healthCheckDay.create({ data: { checkId: check.id, day: now, ok: 1 } });
  await context.db.healthCheck.delete({ where: { id: check.id } });
  expect(await context.db.healthCheckResult.count({ where: { checkId: check.id } })).toBe(0);
  expect(await context.db.healthCheckDay.count({ where: { checkId: check.id } })).toBe(0);

  const author = await context.db.user.create({
    data: { email: "b@example.org", name: "B", role: "editor", passwordHash: "x" },
  });
  const incident = await context.db.incident.create({
    data: {
      title: "Down",
      severity: "low",
      updates: { create: { status: "investigating", message: "Looking.", authorId: author.id } },
    },
  });
  await context.db.user.delete({ where: { id: author.id } });
  const updates = await context.db.incidentUpdate.findMany({ where: { incidentId: incident.id } });
  expect(updates).toMatchObject([{ message: "Looking.", authorId: null }]);
});

test("a cron slot can be inserted once only", async () => {
  const slot = new Date("2026-01-01T00:00:00Z");
  const run = {
    task: "tick",
    slot,
    workerId: "00000000-0000-0000-0000-000000000001",
    startedAt: slot,
    leaseUntil: slot,
  };
  await context.db.jobRun.create({ data: run });
  await expect(context.db.jobRun.create({ data: run })).rejects.toThrow(/[Uu]nique/);
});

test("what grows with time is partitioned by it, and the keys that charts are read from hold the values", async () => {
  const { rows } = await context.sql.query(
    "SELECT c.relname AS table, pg_get_partkeydef(c.oid) AS key FROM pg_class c WHERE c.relkind = 'p' ORDER BY 1",
  );
  expect(rows).toEqual([
    { table: "error_events", key: "RANGE (occurred_at)" },
    { table: "health_check_results", key: "RANGE (scheduled_at)" },
    { table: "log_lines", key: "RANGE (at)" },
    { table: "metric_bands", key: "RANGE (recorded_at)" },
    { table: "metric_distributions", key: "RANGE (recorded_at)" },
    { table: "system_metric_rollups", key: "LIST (tier)" },
    { table: "system_metric_rollups_day", key: "RANGE (bucket_at)" },
    { table: "system_metric_rollups_hour", key: "RANGE (bucket_at)" },
    { table: "system_metrics", key: "RANGE (recorded_at)" },
  ]);
  const { rows: keys } = await context.sql.query(
    "SELECT pg_get_indexdef(name::regclass) AS definition FROM unnest(ARRAY['system_metrics_pkey', 'system_metric_rollups_pkey']) AS name",
  );
  expect(keys[0]?.definition).toContain("(series_id, recorded_at) INCLUDE (value)");
  expect(keys[1]?.definition).toContain(
    "(series_id, tier, bucket_at) INCLUDE (count, sum, min, max, first, last, increase)",
  );
});
