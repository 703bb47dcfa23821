import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { pruneJobs } from "./prune";

const { sql } = await createTestContext();

test("old runs and silent workers go, what runs or is young stays", async () => {
  await sql.query(
    `INSERT INTO job_runs (task, slot, worker_id, status, started_at, lease_until)
     SELECT status, now() - age, $1, status::job_status, now(), now()
     FROM (VALUES ('done', interval '8 days'), ('failed', interval '8 days'), ('running', interval '8 days'),
                  ('done', interval '6 days')) AS runs (status, age)`,
    [randomUUID()],
  );
  await sql.query(
    `INSERT INTO workers (id, host, pid, started_at, last_seen_at)
     SELECT gen_random_uuid(), 'test', 1, now(), now() - age FROM (VALUES (interval '25 h'), (interval '1 h')) AS seen (age)`,
  );
  expect(await pruneJobs(sql)).toEqual({ runs: 2, workers: 1 });
  expect(await pruneJobs(sql)).toEqual({ runs: 0, workers: 0 });
});
