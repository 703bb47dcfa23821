import { fromAlertEvents } from "../from-alert-events";

/** Who was told of its alerts, and who could not be. */
export const notifications = fromAlertEvents("notifications", "Notifications", ["notified", "undelivered"]);
