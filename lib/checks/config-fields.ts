import { z } from "zod";

/** A kind of check, of alert source or of channel: whatever has a config with titled fields. */
export interface Configurable {
  config: z.ZodObject;
}

export const FIELD_KINDS = ["text", "number", "boolean", "select", "list", "pairs", "textarea"] as const;

/** One field of a check's config, as a form, the API's description and the docs show it. */
export interface Field {
  name: string;
  title: string;
  description: string;
  /** `list`: texts or numbers, one a line. `pairs`: names and texts. `textarea`: a long text. */
  kind: (typeof FIELD_KINDS)[number];
  required: boolean;
  default: unknown;
  /** Of a `select`. */
  options?: readonly (string | number)[];
  /** Of a `list`: what each line is. */
  items?: "text" | "number";
  min?: number;
  max?: number;
  /** Never shown again once stored. */
  secret: boolean;
}

const scalar = z.union([z.string(), z.number()]);
const property = z.looseObject({
  /** `["string", "null"]` is a text that may be null. */
  type: z
    .union([z.string(), z.array(z.string())])
    .transform((type) => (typeof type === "string" ? type : type.find((name) => name !== "null")))
    .optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  const: scalar.optional(),
  enum: z.array(scalar).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  secret: z.boolean().default(false),
  multiline: z.boolean().default(false),
  get items() {
    return property.optional();
  },
  get anyOf() {
    return z.array(property).optional();
  },
});
type Property = z.infer<typeof property>;

const objectSchema = z.looseObject({
  properties: z.record(z.string(), property).default({}),
  required: z.array(z.string()).default([]),
});

const known = new WeakMap<Configurable, readonly Field[]>();

/**
 * The fields of a kind's config, in the order of its definition, read from the JSON Schema of its zod schema: what
 * stands there (`.meta({ title, description, secret, multiline })`, bounds, enums, defaults) is all that there is.
 */
export function configFields(type: Configurable): readonly Field[] {
  const fields = known.get(type) ?? fieldsOf(type.config);
  known.set(type, fields);
  return fields;
}

/** The same of any object's schema. */
export function fieldsOf(object: z.ZodObject): Field[] {
  const schema = objectSchema.parse(z.toJSONSchema(object, { io: "input", unrepresentable: "any" }));
  // zod leaves the default of a field that is transformed out of the input's schema.
  const output = objectSchema.parse(z.toJSONSchema(object, { io: "output", unrepresentable: "any" }));
  return Object.entries(schema.properties).map(([name, declared]) => {
    const shape = withoutNull(declared);
    const options = shape.enum ?? (declared.anyOf && optionsOf(declared.anyOf));
    return {
      name,
      title: declared.title ?? name,
      description: declared.description ?? "",
      kind: kindOf(shape, options !== undefined),
      required: schema.required.includes(name),
      default: declared.default ?? output.properties[name]?.default,
      ...(options && { options }),
      ...(shape.type === "array" && { items: isNumber(shape.items) ? "number" : "text" }),
      // zod gives every whole number the bounds of safe integers: they tell nobody anything.
      ...(isBound(shape.minimum) && { min: shape.minimum }),
      ...(isBound(shape.maximum) && { max: shape.maximum }),
      secret: declared.secret,
    };
  });
}

const isNumber = (shape: Property | undefined) => shape?.type === "number" || shape?.type === "integer";
const isBound = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

/** `anyOf: [x, null]` is x that may be left out. */
function withoutNull(declared: Property): Property {
  const others = declared.anyOf?.filter((alternative) => alternative.type !== "null") ?? [];
  const [only] = others;
  return others.length === 1 && only ? { ...only, ...definedOf(declared) } : declared;
}

function definedOf({ title, description, secret, multiline }: Property) {
  return { title, description, secret, multiline };
}

/** A union of literals is a choice. */
function optionsOf(alternatives: readonly Property[]): (string | number)[] | undefined {
  const values = alternatives.map((alternative) => alternative.const).filter((value) => value !== undefined);
  return values.length === alternatives.length ? values : undefined;
}

function kindOf(shape: Property, isChoice: boolean): Field["kind"] {
  if (isChoice) return "select";
  if (isNumber(shape)) return "number";
  if (shape.type === "boolean") return "boolean";
  if (shape.type === "array") return "list";
  if (shape.type === "object") return "pairs";
  return shape.multiline ? "textarea" : "text";
}
