import { readAlertsOf } from "@/app/_dal/alerts";
import { AlertRows } from "../../alerts/alert-rows";
import { toRow } from "../../alerts/to-row";

/** The alerts that are open about a check; nothing while there is none. */
export async function OpenAlerts({ checkId }: { checkId: string }) {
  const alerts = await readAlertsOf({ check: checkId }, "open");
  return alerts.length === 0 ? null : <AlertRows alerts={alerts.map(toRow)} label="Open alerts" />;
}
