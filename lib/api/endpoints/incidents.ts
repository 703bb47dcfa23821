import { z } from "zod";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { acknowledgeIncident } from "@/lib/incidents/acknowledge-incident";
import { addUpdate, addUpdateInput } from "@/lib/incidents/add-update";
import { changeEntry, changeEntryInput } from "@/lib/incidents/change-entry";
import { declareIncident, declareIncidentInput } from "@/lib/incidents/declare-incident";
import { deleteIncident } from "@/lib/incidents/delete-incident";
import { getIncident, getIncidentStory } from "@/lib/incidents/get-incident";
import { linkAlert, linkAlertInput, unlinkAlert } from "@/lib/incidents/link-alert";
import { listIncidents, listIncidentsInput } from "@/lib/incidents/list-incidents";
import { mergeIncident, mergeIncidentInput } from "@/lib/incidents/merge-incident";
import { setAffected, setAffectedInput } from "@/lib/incidents/set-affected";
import { updateIncident, updateIncidentInput } from "@/lib/incidents/update-incident";
import { defineEndpoint } from "../define-endpoint";
import { incident, incidentStory } from "../incident-schemas";
import { list } from "../schemas";

const tag = "Incidents";

export const incidents = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incidents",
    scope: "read",
    tag,
    summary: "List incidents",
    query: listIncidentsInput,
    response: list(incident),
    handle: (context, { query }) => listIncidents(context, query),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents",
    scope: "incidents:write",
    tag,
    summary: "Declare an incident",
    body: declareIncidentInput,
    response: incident,
    status: 201,
    handle: (context, { body }) => declareIncident(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incidents/{id}",
    scope: "read",
    tag,
    summary: "Read an incident with its timeline, affected checks, alerts and likely causes",
    response: incidentStory,
    handle: async (context, { params }) => {
      const { incident: own, alerts, ...story } = await getIncidentStory(context, params);
      return { ...own, ...story, alertIds: alerts.map(({ id }) => id) };
    },
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/incidents/{id}",
    scope: "incidents:write",
    tag,
    summary: "Change an incident",
    description:
      "What is left out stays. `resolvedAt` follows from `status`; a resolved incident becomes investigating by reopening it.",
    body: updateIncidentInput,
    response: incident,
    handle: (context, { params, body }) => updateIncident(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/incidents/{id}",
    scope: "admin",
    tag,
    summary: "Delete an incident that was declared by mistake, with its timeline",
    status: 204,
    handle: (context, { params }) => deleteIncident(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents/{id}/updates",
    scope: "incidents:write",
    tag,
    summary: "Write an update, with a new status where one is given",
    body: addUpdateInput,
    response: incident.extend({ updateId: z.uuid() }),
    status: 201,
    handle: async (context, { params, body }) => {
      const { incident: own, updateId } = await addUpdate(context, { ...body, id: params.id });
      return { ...own, updateId };
    },
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents/{id}/acknowledge",
    scope: "incidents:write",
    tag,
    summary: "Take an incident on",
    response: incident,
    handle: async (context, { params }) => {
      await acknowledgeIncident(context, params);
      // Whoever may take it on is told of it, also a token that may not read.
      return getIncident(asActor(context, SYSTEM), params);
    },
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents/{id}/merge",
    scope: "incidents:write",
    tag,
    summary: "Merge an incident into another one",
    description:
      "Its alerts, errors and affected checks go to the other one, which is answered; it is resolved and names the other in `mergedInto`, until it is reopened.",
    body: mergeIncidentInput,
    response: incident,
    handle: (context, { params, body }) => mergeIncident(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/incidents/{id}/checks",
    scope: "incidents:write",
    tag,
    summary: "Say which checks an incident affects, and how",
    body: setAffectedInput,
    status: 204,
    handle: async (context, { params, body }) => {
      await setAffected(context, { ...body, id: params.id });
    },
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/alerts/{id}/incident",
    scope: "incidents:write",
    tag,
    summary: "Say that an alert belongs to an incident",
    body: linkAlertInput,
    status: 204,
    handle: (context, { params, body }) => linkAlert(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/alerts/{id}/incident",
    scope: "incidents:write",
    tag,
    summary: "Take an alert out of its incident",
    status: 204,
    handle: (context, { params }) => unlinkAlert(context, params),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/incident-updates/{id}",
    scope: "incidents:write",
    tag,
    summary: "Pin, show, hide, annotate or mend a line of a timeline",
    body: changeEntryInput,
    status: 204,
    handle: (context, { params, body }) => changeEntry(context, { ...body, id: params.id }),
  }),
];
