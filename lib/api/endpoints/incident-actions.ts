import { z } from "zod";
import { addActionInput, updateActionInput } from "@/lib/incidents/actions/action-input";
import { addAction } from "@/lib/incidents/actions/add-action";
import { deleteAction } from "@/lib/incidents/actions/delete-action";
import { listActions, listActionsInput, listIncidentActions } from "@/lib/incidents/actions/list-actions";
import { updateAction } from "@/lib/incidents/actions/update-action";
import { defineEndpoint } from "../define-endpoint";
import { actionItem } from "../postmortem-schemas";
import { list } from "../schemas";

const tag = "Incidents";

export const incidentActions = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incident-actions",
    scope: "read",
    tag,
    summary: "List action items of all incidents, by the day they are due",
    query: listActionsInput,
    response: list(actionItem),
    handle: (context, { query }) => listActions(context, query),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incidents/{id}/actions",
    scope: "read",
    tag,
    summary: "List an incident's action items",
    response: z.object({ items: z.array(actionItem), next: z.null() }),
    handle: async (context, { params }) => ({ items: await listIncidentActions(context, params), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents/{id}/actions",
    scope: "incidents:write",
    tag,
    summary: "Add an action item",
    body: addActionInput,
    response: actionItem,
    status: 201,
    handle: (context, { params, body }) => addAction(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/incident-actions/{id}",
    scope: "incidents:write",
    tag,
    summary: "Change an action item, or say that it is done",
    body: updateActionInput,
    response: actionItem,
    handle: (context, { params, body }) => updateAction(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/incident-actions/{id}",
    scope: "incidents:write",
    tag,
    summary: "Delete an action item",
    status: 204,
    handle: (context, { params }) => deleteAction(context, params),
  }),
];
