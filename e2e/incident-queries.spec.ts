import { request } from "@playwright/test";
import pg from "pg";
import { startQueryCounter } from "../bench/query-counter";
import { signIn } from "../bench/sign-in";
import { expect, test } from "./fixtures";
import { startProduct } from "./product";

/** Statements of one visit while the frame's caches are warm: the session's, and the page's own. */
const MOST = { list: 7, page: 9 };

test("the list and the page of an incident ask the database as often, however much there is", async ({ product }) => {
  test.setTimeout(180_000);
  const counter = await startQueryCounter(product.databaseUrl);
  const own = await startProduct({ DATABASE_URL: counter.url });
  const sql = new pg.Pool({ connectionString: own.databaseUrl, max: 1 });
  const cookie = await signIn(own.url, own.users.editor);
  const client = await request.newContext({ baseURL: own.url, extraHTTPHeaders: { cookie } });
  const visit = async (path: string) => {
    const before = counter.count("watchkeeper web");
    expect((await client.get(path)).status()).toBe(200);
    return counter.count("watchkeeper web") - before;
  };
  /** The fewest of some: what is cached runs out now and then, and the frame is read again. */
  const statements = async (path: string) => {
    const counts: number[] = [];
    for (let n = 0; n < 6; n += 1) counts.push(await visit(path));
    return Math.min(...counts);
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
    const few = { list: await statements("/incidents"), page: await statements(page) };
    await fill(40, 60);
    const many = { list: await statements("/incidents"), page: await statements(page) };
    expect(many).toEqual(few);
    expect(few.list, "statements of the list").toBeLessThanOrEqual(MOST.list);
    expect(few.page, "statements of the page").toBeLessThanOrEqual(MOST.page);
  } finally {
    await client.dispose();
    await sql.end();
    await own.stop();
    counter.close();
  }
});
