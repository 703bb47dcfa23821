import { expect, test } from "vitest";
import { z } from "zod";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { ENDPOINTS } from "./endpoints";

const context = await createTestContext();

const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() })),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.looseObject({}) })) })
    .optional(),
  responses: z.record(z.string(), z.unknown()),
});
const description = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

const { json } = await callApi(context, "GET /api/openapi.json");
const api = description.parse(json);

test("every endpoint is described once, under a name of its own", () => {
  expect(api.openapi).toBe("3.1.0");
  const described = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort());
  const ids = Object.values(api.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
  expect(new Set(ids).size).toBe(ids.length);
});

test("every check type is there with its config, and a check's body is one of them", () => {
  const names = [...CHECK_TYPES.keys()].map((id) => `CheckConfig.${id}`);
  expect(Object.keys(api.components.schemas)).toEqual(expect.arrayContaining(names));
  const body = api.paths["/api/v1/checks"]?.["post"]?.requestBody?.content["application/json"]?.schema;
  expect(body?.["oneOf"]).toHaveLength(names.length);
});

test("every reference leads somewhere, and every variable of a path is declared", () => {
  const references = [...JSON.stringify(json).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(references.length).toBeGreaterThan(0);
  const at = (value: unknown, name: string): unknown => z.record(z.string(), z.unknown()).safeParse(value).data?.[name];
  for (const path of new Set(references)) expect(path.split("/").reduce(at, json), path).toBeDefined();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const { parameters } of Object.values(methods)) {
      expect(parameters.some((parameter) => parameter.in === "path" && parameter.name === "id")).toBe(
        path.includes("{id}"),
      );
    }
  }
});

test("a query's parameters are listed", () => {
  const names = api.paths["/api/v1/metrics/query"]?.["get"]?.parameters.map((parameter) => parameter.name);
  expect(names).toEqual(expect.arrayContaining(["name", "from", "to", "step", "agg", "labels"]));
});
