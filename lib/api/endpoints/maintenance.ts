import { z } from "zod";
import {
  createMaintenance,
  deleteMaintenance,
  getMaintenance,
  listMaintenance,
  maintenanceInput,
  updateMaintenance,
} from "@/lib/alerting/maintenance/maintenance";
import { storedMatchers } from "../alert-schemas";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Maintenance windows";

const span = z.object({ from: time, to: time });
const window = z.object({
  id: z.uuid(),
  label: z.string(),
  description: z.string(),
  matchers: storedMatchers,
  recurrence: z.enum(["once", "weekly", "cron"]),
  timezone: z.string(),
  startsAt: time.nullable(),
  endsAt: time.nullable(),
  weekdays: z.array(z.int()),
  startTime: z.string().nullable(),
  cron: z.string().nullable(),
  durationMinutes: z.int().nullable(),
  isPublic: z.boolean(),
  createdBy: z.string(),
  createdAt: time,
  active: span.nullable().meta({ description: "Open now, until then" }),
  next: z.array(span).meta({ description: "The next times, the present one too" }),
});

export const maintenance = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/maintenance-windows",
    scope: "read",
    tag,
    summary: "List maintenance windows",
    response: list(window),
    handle: async (context) => ({ items: await listMaintenance(context), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/maintenance-windows",
    scope: "alerts:write",
    tag,
    summary: "Plan a maintenance window",
    body: maintenanceInput,
    response: window,
    status: 201,
    handle: (context, { body }) => createMaintenance(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/maintenance-windows/{id}",
    scope: "read",
    tag,
    summary: "Read a maintenance window",
    response: window,
    handle: (context, { params }) => getMaintenance(context, params),
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/maintenance-windows/{id}",
    scope: "alerts:write",
    tag,
    summary: "Replace a maintenance window",
    body: maintenanceInput,
    response: window,
    handle: (context, { params, body }) => updateMaintenance(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/maintenance-windows/{id}",
    scope: "alerts:write",
    tag,
    summary: "Delete a maintenance window",
    status: 204,
    handle: (context, { params }) => deleteMaintenance(context, params),
  }),
];
