import { z } from "zod";
import type { CheckType } from "@/lib/checks/define-check";
import { CHECK_TYPES } from "@/lib/checks/registry";
import type { JsonSchema } from "./define-endpoint";

const nameOf = (id: string): string => `CheckConfig.${id}`;

/** The JSON Schema of one kind's config, as a form or a program fills it in. */
export function configSchema(type: Pick<CheckType, "config" | "example">): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(type.config, { io: "input", unrepresentable: "any" });
  return { ...schema, examples: [type.example] };
}

/** One named schema for each check type: what the documentation's check bodies point at. */
export function checkConfigSchemas(types: ReadonlyMap<string, CheckType>): Record<string, JsonSchema> {
  return Object.fromEntries(
    [...types].map(([id, type]) => [
      nameOf(id),
      { title: type.label, ...configSchema(type), description: type.description },
    ]),
  );
}

/** A check's body whose `config` is the one of its `type`. */
export function withConfigByType(schema: JsonSchema): JsonSchema {
  const byType = [...CHECK_TYPES].map(([id, type]) => ({
    title: type.label,
    properties: { type: { const: id }, config: { $ref: `#/components/schemas/${nameOf(id)}` } },
  }));
  return { ...schema, oneOf: byType };
}
