import { expect, test } from "vitest";
import { createMaintenance } from "@/lib/alerting/maintenance/maintenance";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { getUptime } from "./get-uptime";
import { runHealthChecks } from "./run-health-checks";

const context = await createTestContext();

test("what fails in a maintenance window is stored with its name and is no downtime", async () => {
  const target = await startTarget();
  target.status = 503;
  const { id } = await addCheck(context, { key: "shop", config: { url: target.url } });
  const other = await addCheck(context, { key: "mail", config: { url: target.url } });
  await createMaintenance(context, {
    label: "Upgrade",
    recurrence: "once",
    startsAt: new Date(Date.now() - 60_000),
    endsAt: new Date(Date.now() + 60_000),
    matchers: [{ label: "check", op: "=", value: "shop" }],
  });
  await runHealthChecks(context, { store: true });
  const uptime = await getUptime(context);
  expect(uptime.get(id)).toEqual({ h24: null, d7: null, d30: null, d90: null });
  expect(uptime.get(other.id)).toMatchObject({ h24: 0, d7: 0 });
  const [result] = await context.db.healthCheckResult.findMany({ where: { checkId: id } });
  expect(result).toMatchObject({ status: "failed", meta: { maintenance: "Upgrade" } });
});
