import { z } from "zod";
import { acknowledgeAlert, acknowledgeInput, unacknowledgeAlert } from "@/lib/alerting/acknowledge-alert";
import { sendAgain } from "@/lib/alerting/delivery/send-again";
import { getAlertStory } from "@/lib/alerting/get-alert";
import { listAlerts, listAlertsInput } from "@/lib/alerting/list-alerts";
import { alert, alertStory } from "../alert-schemas";
import { defineEndpoint } from "../define-endpoint";
import { list } from "../schemas";

const tag = "Alerts";

export const alerts = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/alerts",
    scope: "read",
    tag,
    summary: "List alerts",
    query: listAlertsInput,
    response: list(alert),
    handle: (context, { query }) => listAlerts(context, query),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/alerts/{id}",
    scope: "read",
    tag,
    summary: "Read an alert with its events, notifications and delivery attempts",
    response: alertStory,
    handle: async (context, { params }) => {
      const { alert: one, ...story } = await getAlertStory(context, params);
      return { ...one, ...story };
    },
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/alerts/{id}/acknowledge",
    scope: "alerts:write",
    tag,
    summary: "Acknowledge an alert: no reminders from then on",
    body: acknowledgeInput.omit({ id: true }),
    response: alert,
    handle: (context, { params, body }) => acknowledgeAlert(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/alerts/{id}/unacknowledge",
    scope: "alerts:write",
    tag,
    summary: "Give an alert back: reminders go on",
    response: alert,
    handle: (context, { params }) => unacknowledgeAlert(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/notification-messages/{id}/send-again",
    scope: "alerts:write",
    tag,
    summary: "Send a message again that failed for good",
    response: z.object({ queued: z.literal(true) }),
    status: 202,
    handle: async (context, { params }) => {
      await sendAgain(context, params);
      return { queued: true };
    },
  }),
];
