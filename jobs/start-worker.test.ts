import { expect, test } from "vitest";
import { createChanges } from "@/lib/core/changes";
import { SILENT } from "@/lib/core/log";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { alertLines } from "@/lib/testing/alerting";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { startWorker } from "./start-worker";

const context = await createTestContext();

test("three workers share checks and slots: each due check is run once, and all stop in order", async () => {
  const target = await startTarget();
  const makeChecks = Array.from({ length: 6 }, (_, index) =>
    addCheck(context, { key: `shared-${index}`, config: { url: `${target.url}/${index}` }, intervalSeconds: 1 }),
  );
  await Promise.all(makeChecks);
  const workers = [await startWorker(context), await startWorker(context), await startWorker(context)];

  const countOf = async () => {
    const text = `SELECT count(*)::int AS n FROM health_check_results r JOIN health_checks c ON c.id = r.check_id WHERE c.key LIKE 'shared-%'`;
    return (await context.sql.query<{ n: number }>(text)).rows[0]?.n ?? 0;
  };
  await expect.poll(countOf, { timeout: 20_000 }).toBeGreaterThanOrEqual(18);
  await Promise.all(workers.map((worker) => worker.stop()));

  // A request more than there are results would be a check that two workers ran for one slot.
  expect(target.asked).toHaveLength(await countOf());
  const { rows } = await context.sql.query(
    `SELECT count(*)::int AS n FROM health_checks WHERE origin = 'file' AND key IN ('database', 'queue', 'schedule')`,
  );
  expect(rows[0].n).toBe(3);
  const { rows: alive } = await context.sql.query("SELECT count(*)::int AS n FROM workers");
  expect(alive[0].n).toBe(3);
});

test("an error that another process stores is told of at once: no round of the schedule is waited for", async () => {
  await makePartitionsAhead(context.sql, context.now());
  const changes = createChanges(context.databaseUrl, SILENT);
  await changes.ready;
  const worker = await startWorker(context, { lines: [], changes });
  await sendOne(context, await makeProject(context, { name: "shop" }), thrown("cart"));
  await expect
    .poll(() => alertLines(context), { timeout: 20_000 })
    .toEqual(["firing warning TypeError: broke in cart (shop)"]);
  await worker.stop();
  await changes.close();
});
