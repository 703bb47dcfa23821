import { z } from "zod";

const pair = /^([^=]+)=(.*)$/s;

/**
 * Labels in a query: `labels=quantile=p95`, as often as there are labels, or one JSON object. Values are compared as text
 * there; JSON keeps numbers and booleans.
 */
export const labels = z
  .union([z.string(), z.array(z.string())])
  .transform((given, refinement): Record<string, string | number | boolean> => {
    const texts = Array.isArray(given) ? given : [given];
    const found: Record<string, string | number | boolean> = {};
    for (const text of texts) {
      const parsed = parseLabels(text);
      if (!parsed)
        refinement.addIssue({ code: "custom", message: `"${text}" must be like quantile=p95, or a JSON object` });
      Object.assign(found, parsed);
    }
    return found;
  })
  .optional()
  .meta({ description: "Only series with these labels: `name=value`, once for each label, or one JSON object" });

const object = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

function parseLabels(text: string): z.output<typeof object> | undefined {
  if (text.startsWith("{")) return object.safeParse(parseJson(text)).data;
  const [, name, value] = pair.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { [name]: value };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
