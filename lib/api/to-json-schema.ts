import { z } from "zod";
import type { JsonSchema } from "./define-endpoint";

/** JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
