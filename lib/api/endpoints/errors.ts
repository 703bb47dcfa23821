import { z } from "zod";
import { deleteUserData, deleteUserDataInput } from "@/lib/errors/delete-user-data";
import { getEvent } from "@/lib/errors/events/get-event";
import { listEvents, listEventsInput } from "@/lib/errors/events/list-events";
import { assignGroup, assignGroupInput, linkGroupIncident, linkIncidentInput } from "@/lib/errors/groups/assign-group";
import { commentGroup, commentGroupInput } from "@/lib/errors/groups/comment-group";
import { getGroup } from "@/lib/errors/groups/get-group";
import { ignoreGroup, ignoreGroupInput } from "@/lib/errors/groups/ignore-group";
import { listGroups, listGroupsInput } from "@/lib/errors/groups/list-groups";
import { mergeGroups, mergeGroupsInput } from "@/lib/errors/groups/merge-groups";
import { reopenGroup, resolveGroup, resolveGroupInput } from "@/lib/errors/groups/resolve-group";
import { listLogsAround } from "@/lib/logs/list-logs-around";
import { defineEndpoint } from "../define-endpoint";
import { errorComment, errorEvent, errorEventLine, errorGroup, errorGroupStory, logLine } from "../error-schemas";
import { list } from "../schemas";

const tag = "Errors";

export const errors = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/errors",
    scope: "read",
    tag,
    summary: "Search errors",
    query: listGroupsInput,
    response: list(errorGroup),
    handle: (context, { query }) => listGroups(context, query),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/errors/{id}",
    scope: "read",
    tag,
    summary: "Read an error with its trend, counts by tag and comments",
    response: errorGroupStory,
    handle: (context, { params }) => getGroup(context, params),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/errors/{id}/events",
    scope: "read",
    tag,
    summary: "List the events of an error that are still kept",
    query: listEventsInput,
    response: list(errorEventLine),
    handle: (context, { params, query: { limit, cursor } }) =>
      listEvents(context, { id: params.id, limit, ...(cursor !== undefined && { cursor }) }),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/error-events/{id}",
    scope: "read",
    tag,
    summary: "Read an event with all that is kept of it",
    response: errorEvent,
    handle: (context, { params }) => getEvent(context, params),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/error-events/{id}/logs",
    scope: "read",
    tag,
    summary: "List the lines of logs around an event",
    response: z.object({ reason: z.string(), items: z.array(logLine) }),
    handle: (context, { params }) => listLogsAround(context, { eventId: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/errors/{id}/resolve",
    scope: "errors:write",
    tag,
    summary: "Say that an error is mended",
    body: resolveGroupInput,
    response: errorGroup,
    handle: (context, { params, body }) => resolveGroup(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/errors/{id}/ignore",
    scope: "errors:write",
    tag,
    summary: "Ignore an error: for good, until a time or until so many more events",
    body: ignoreGroupInput,
    response: errorGroup,
    handle: (context, { params, body: { until, events } }) =>
      ignoreGroup(context, { id: params.id, ...(until && { until }), ...(events !== undefined && { events }) }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/errors/{id}/reopen",
    scope: "errors:write",
    tag,
    summary: "Open an error again that was resolved or ignored",
    response: errorGroup,
    handle: (context, { params }) => reopenGroup(context, params),
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/errors/{id}/assignee",
    scope: "errors:write",
    tag,
    summary: "Say who looks after an error",
    body: assignGroupInput,
    response: errorGroup,
    handle: (context, { params, body }) => assignGroup(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/errors/{id}/incident",
    scope: "errors:write",
    tag,
    summary: "Say which incident an error belongs to",
    body: linkIncidentInput,
    response: errorGroup,
    handle: (context, { params, body }) => linkGroupIncident(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/errors/{id}/comments",
    scope: "errors:write",
    tag,
    summary: "Comment an error",
    body: commentGroupInput,
    response: errorComment,
    status: 201,
    handle: (context, { params, body }) => commentGroup(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/errors/{id}/merge",
    scope: "errors:write",
    tag,
    summary: "Make other errors of the project part of this one",
    body: mergeGroupsInput,
    response: errorGroup,
    handle: (context, { params, body }) => mergeGroups(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/user-data/delete",
    scope: "admin",
    tag,
    summary: "Delete what errors and logs hold of a user",
    body: deleteUserDataInput,
    response: z.object({ events: z.int(), logLines: z.int() }),
    handle: (context, { body }) => deleteUserData(context, body),
  }),
];
