import { randomUUID } from "node:crypto";
import { request } from "@playwright/test";
import pg from "pg";
import { startQueryCounter } from "../bench/query-counter";
import { signIn } from "../bench/sign-in";
import { expect, test } from "./fixtures";
import { startProduct } from "./product";

/** Longer than anything is cached. */
const CACHE_MS = 16_000;
/** Statements of one visit after that, those of the frame among them: as many as the overview may ask. */
const MOST = 12;

test("the list and the page of an incident ask the database no more often the more there is", async ({
  product,
  sql: server,
}) => {
  test.setTimeout(180_000);
  const database = `wk_queries_${randomUUID().slice(0, 8)}`;
  await server.query(`CREATE DATABASE ${database}`);
  const counter = await startQueryCounter(
    Object.assign(new URL(product.databaseUrl), { pathname: `/${database}` }).href,
  );
  const own = await startProduct({ DATABASE_URL: counter.url });
  const sql = new pg.Pool({ connectionString: own.databaseUrl, max: 1 });
  const cookie = await signIn(own.url, own.users.editor);
  const client = await request.newContext({ baseURL: own.url, extraHTTPHeaders: { cookie } });
  const visit = async (path: string) => {
    const before = counter.count("watchkeeper web");
    expect((await client.get(path)).status()).toBe(200);
    return counter.count("watchkeeper web") - before;
  };
  const statements = async (page: string) => {
    await new Promise((wake) => setTimeout(wake, CACHE_MS));
    return { list: await visit("/incidents"), page: await visit(page) };
  };
  try {
    const fill = async (incidents: number, entries: number) => {
      await sql.query(
        `INSERT INTO incidents (title, severity) SELECT 'Incident ' || n, 'low' FROM generate_series(1, $1) n`,
        [incidents],
      );
      await sql.query(
        `INSERT INTO incident_updates (incident_id, source, ref, message) SELECT id, 'change', 'x' || n || random(), 'line' FROM incidents, generate_series(1, $1) n`,
        [entries],
      );
      await sql.query(
        `INSERT INTO incident_checks (incident_id, check_id, label, impact) SELECT i.id, c.id, c.label, 'major' FROM incidents i, health_checks c ON CONFLICT DO NOTHING`,
      );
    };
    await fill(1, 1);
    const { rows } = await sql.query<{ number: number }>("SELECT number FROM incidents LIMIT 1");
    const page = `/incidents/${rows[0]?.number}`;
    const few = await statements(page);
    await fill(40, 60);
    const many = await statements(page);
    // One statement for each row would be dozens more.
    for (const count of [few.list, few.page, many.list, many.page]) expect(count).toBeLessThanOrEqual(MOST);
  } finally {
    await client.dispose();
    await sql.end();
    await own.stop();
    counter.close();
    await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
  }
});
