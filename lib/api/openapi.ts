import type { z } from "zod";
import { CHECK_TYPES } from "@/lib/checks/registry";
import type { Endpoint } from "./define-endpoint";
import { checkConfigSchemas } from "./check-schemas";
import { problem } from "./schemas";
import { toJsonSchema } from "./to-json-schema";

/** The OpenAPI 3.1 description of endpoints, made from their zod schemas; check types add themselves. Pure. */
export function describeApi(endpoints: readonly Endpoint[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints)
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = describeEndpoint(endpoint);
  return {
    openapi: "3.1.0",
    info: {
      title: "Watchkeeper",
      version: "1",
      description:
        "Lists answer `{ items, next }`, one thing answers itself, a creation answers 201 with it, errors are RFC 9457 problems.",
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token, `wk_…`, made under Settings" },
      },
      schemas: { Problem: toJsonSchema(problem, "output"), ...checkConfigSchemas(CHECK_TYPES) },
      responses: {
        Problem: {
          description: "What went wrong",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

function describeEndpoint(endpoint: Endpoint) {
  const {
    method,
    path,
    scope,
    tag,
    summary,
    description,
    body,
    response,
    status = 200,
    describeBody = (schema) => schema,
  } = endpoint;
  const needs = scope === "public" ? "Open to everybody." : `Needs the scope \`${scope}\`.`;
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: description === undefined ? needs : `${description} ${needs}`,
    ...(scope === "public" ? { security: [] } : {}),
    parameters: [...pathParameters(path), ...queryParameters(endpoint)],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: describeBody(toJsonSchema(body, "input")) } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: "Done",
        ...(response ? { content: { "application/json": { schema: toJsonSchema(response, "output") } } } : {}),
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

/** `GET /api/v1/checks/{id}/results` → `get_checks_id_results` */
function operationId(method: string, path: string): string {
  const words = path.replace(/^\/api\/(v1\/)?/, "").match(/\w+/g) ?? [];
  return [method.toLowerCase(), ...words].join("_");
}

function pathParameters(path: string) {
  return path.includes("{id}") ? [{ name: "id", in: "path", required: true, schema: { type: "string" } }] : [];
}

function queryParameters({ query }: Endpoint) {
  if (!query) return [];
  const { properties = {}, required = [] } = toJsonSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}
