import { z } from "zod";
import { listDeploys, listDeploysInput } from "@/lib/incidents/deploys/list-deploys";
import { recordDeploy, recordDeployInput } from "@/lib/incidents/deploys/record-deploy";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Deploys";

const deploy = z.object({
  id: z.uuid(),
  at: time,
  service: z.string(),
  version: z.string(),
  environment: z.string(),
  description: z.string(),
  url: z.string().nullable(),
  createdBy: z.string(),
});

export const deploys = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/deploys",
    scope: "read",
    tag,
    summary: "List deploys, the latest first",
    query: listDeploysInput,
    response: list(deploy),
    handle: (context, { query }) => listDeploys(context, query),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/deploys",
    scope: "incidents:write",
    tag,
    summary: "Tell that something was deployed",
    description:
      "It is marked on all charts, and named among the likely causes of an incident that begins within an hour.",
    body: recordDeployInput,
    response: deploy,
    status: 201,
    handle: (context, { body }) => recordDeploy(context, body),
  }),
];
