import { fromAlertEvents } from "../from-alert-events";

/** Its alerts fire, get worse and resolve; an effect names what it comes from. */
export const alerts = fromAlertEvents("alerts", "Alerts", ["firing", "severity", "flapping", "resolved"]);
