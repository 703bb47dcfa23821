import { z } from "zod";
import { configFields } from "@/lib/checks/config-fields";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { configSchema } from "../check-schemas";
import { defineEndpoint } from "../define-endpoint";

export const checkTypes = defineEndpoint({
  method: "GET",
  path: "/api/v1/check-types",
  scope: "read",
  tag: "Checks",
  summary: "List the kinds of checks with their config's fields",
  response: z.object({
    items: z.array(
      z.object({
        type: z.string(),
        label: z.string(),
        description: z.string(),
        config: z.record(z.string(), z.unknown()).meta({ description: "JSON Schema" }),
        fields: z.array(
          z.looseObject({
            name: z.string(),
            title: z.string(),
            kind: z.string(),
            required: z.boolean(),
            secret: z.boolean(),
          }),
        ),
      }),
    ),
    next: z.null(),
  }),
  handle: async () => ({
    items: [...CHECK_TYPES].map(([type, kind]) => ({
      type,
      label: kind.label,
      description: kind.description,
      config: configSchema(kind),
      fields: configFields(kind),
    })),
    next: null,
  }),
});
