import { expect, test } from "vitest";
import { SILENT } from "@/lib/core/log";
import { createTestContext } from "@/lib/testing/test-context";
import { openDatabase } from "./client";

const context = await createTestContext();

test("an idle connection that breaks is logged and made anew; one that is being closed is no news", async () => {
  const said: unknown[] = [];
  const log = { ...SILENT, warn: (_: object, message?: string) => void said.push(message) };
  const { sql, close } = openDatabase(context.databaseUrl, { name: "idle", log });
  await sql.query("SELECT 1");
  await context.sql.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'watchkeeper idle'",
  );
  await expect.poll(() => said).toEqual(["an idle database connection broke"]);
  expect((await sql.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);

  // The server that is stopped right after a command has done its work says so to connections that are half closed.
  const closed = close();
  await expect.poll(() => sql.ending).toBe(true);
  sql.emit("error", new Error("terminating connection due to administrator command"));
  await closed;
  expect(said).toHaveLength(1);
});
