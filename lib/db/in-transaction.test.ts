import { Pool } from "pg";
import { afterAll, expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { inTransaction } from "./in-transaction";

const context = await createTestContext();
const pool = new Pool({ connectionString: context.databaseUrl, max: 1 });
afterAll(() => pool.end());
await pool.query("CREATE TABLE notes (words text NOT NULL)");

const backend = async () => (await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
const notes = async () =>
  (await pool.query<{ words: string }>("SELECT words FROM notes")).rows.map(({ words }) => words);

test("what fails is undone as a whole, and its connection used again", async () => {
  const before = await backend();
  const failing = inTransaction(pool, async (client) => {
    await client.query("INSERT INTO notes VALUES ('half')");
    await client.query("INSERT INTO notes VALUES (NULL)");
  });
  await expect(failing).rejects.toThrow("null value");
  expect(await notes()).toEqual([]);
  expect(await backend()).toBe(before);
  await inTransaction(pool, (client) => client.query("INSERT INTO notes VALUES ('whole')"));
  expect(await notes()).toEqual(["whole"]);
});

test("a connection that breaks is told by its own cause, and not given to anybody else", async () => {
  const before = await backend();
  const breaking = inTransaction(pool, (client) => client.query("SELECT pg_terminate_backend(pg_backend_pid())"));
  await expect(breaking).rejects.toThrow("terminating connection due to administrator command");
  expect(await backend()).not.toBe(before);
});
