import { z } from "zod";
import { createToken, createTokenInput } from "@/lib/access/create-token";
import { listTokens, listTokensInput } from "@/lib/access/list-tokens";
import { revokeToken } from "@/lib/access/revoke-token";
import { SCOPES } from "@/lib/core/actor";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const token = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().meta({ description: "The token's first characters, to tell tokens apart" }),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: time,
  lastUsedAt: time.nullable(),
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  creator: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
const tag = "API tokens";

export const tokens = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/tokens",
    scope: "admin",
    tag,
    summary: "List API tokens",
    query: listTokensInput,
    response: list(token),
    handle: (context, { query }) => listTokens(context, query),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/tokens",
    scope: "admin",
    tag,
    summary: "Create an API token",
    body: createTokenInput,
    response: token.extend({ token: z.string().meta({ description: "The token itself; shown this once" }) }),
    status: 201,
    handle: (context, { body }) => createToken(context, body),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/tokens/{id}",
    scope: "admin",
    tag,
    summary: "Revoke an API token",
    status: 204,
    handle: (context, { params }) => revokeToken(context, params),
  }),
];
