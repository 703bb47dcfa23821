import { z } from "zod";
import { componentChange, componentInput } from "@/lib/status-page/component";
import { getComponent, listComponents } from "@/lib/status-page/list-components";
import { orderComponents, orderInput } from "@/lib/status-page/order-components";
import {
  getStatusSettings,
  statusSettings,
  statusSettingsInput,
  updateStatusSettings,
} from "@/lib/status-page/settings";
import { createComponent, deleteComponent, updateComponent } from "@/lib/status-page/write-component";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Status page";

const component = z.object({
  id: z.uuid(),
  label: z.string(),
  description: z.string(),
  groupName: z.string(),
  position: z.int(),
  showResponseTime: z.boolean(),
  checks: z.array(z.object({ id: z.uuid(), label: z.string() })),
  createdAt: time,
  updatedAt: time,
});

export const statusPage = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/status-page",
    scope: "read",
    tag,
    summary: "Read how the status page presents itself",
    response: statusSettings,
    handle: (context) => getStatusSettings(context),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/status-page",
    scope: "admin",
    tag,
    summary: "Change how the status page presents itself, or switch it off",
    body: statusSettingsInput,
    response: statusSettings,
    handle: (context, { body }) => updateStatusSettings(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/status-components",
    scope: "read",
    tag,
    summary: "List the status page's components, as they stand there",
    response: list(component),
    handle: async (context) => ({ items: await listComponents(context), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/status-components",
    scope: "incidents:write",
    tag,
    summary: "Put a component on the status page",
    body: componentInput,
    response: component,
    status: 201,
    handle: (context, { body }) => createComponent(context, body),
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/status-components/order",
    scope: "incidents:write",
    tag,
    summary: "Put the components into an order",
    body: orderInput,
    status: 204,
    handle: (context, { body }) => orderComponents(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/status-components/{id}",
    scope: "read",
    tag,
    summary: "Read a component",
    response: component,
    handle: (context, { params }) => getComponent(context, params),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/status-components/{id}",
    scope: "incidents:write",
    tag,
    summary: "Change a component",
    body: componentChange,
    response: component,
    handle: (context, { params, body }) => updateComponent(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/status-components/{id}",
    scope: "incidents:write",
    tag,
    summary: "Take a component off the status page; its checks stay",
    status: 204,
    handle: (context, { params }) => deleteComponent(context, params),
  }),
];
