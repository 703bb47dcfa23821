import { fromAlertEvents } from "../from-alert-events";

/** Who took on its alerts, or gave them back. */
export const acknowledgements = fromAlertEvents("acknowledgements", "Acknowledgements", [
  "acknowledged",
  "unacknowledged",
]);
