import { expect, test } from "vitest";
import { z } from "zod";
import "./plain-words";

const words = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input).error?.issues.map(({ message }) => message);

const CASES: [schema: z.ZodType, input: unknown, message: string][] = [
  [z.string(), undefined, "is required"],
  [z.enum(["a", "b"]), undefined, "is required"],
  [z.union([z.string(), z.number()]), undefined, "is required"],
  [z.string(), 7, "must be a text"],
  [z.number(), "7", "must be a number"],
  [z.coerce.number(), "many", "must be a number"],
  [z.int(), 1.5, "must be a whole number"],
  [z.boolean(), "yes", "must be true or false"],
  [z.coerce.date(), "soon", "must be a time, like 2026-05-01T12:00:00Z"],
  [z.array(z.string()), {}, "must be a list"],
  [z.object({}), [], "must be an object"],
  [z.record(z.string(), z.string()), "x", "must be an object"],
  [z.undefined(), {}, "must be left out"],
  [z.enum(["GET", "HEAD", "POST"]), "PUT", "must be GET, HEAD or POST"],
  [z.literal(1), 2, "must be 1"],
  [z.string().min(1), "", "must not be empty"],
  [z.string().min(12), "short", "must have at least 12 characters"],
  [z.string().length(3), "ab", "must have exactly 3 characters"],
  [z.string().max(1), "ab", "must have at most 1 character"],
  [z.array(z.int()).max(2), [1, 2, 3], "must have at most 2 items"],
  [z.array(z.int()).min(1), [], "must not be empty"],
  [z.number().min(10), 1, "must be at least 10"],
  [z.number().max(10_000), 20_000, "must be at most 10,000"],
  [z.number().positive(), 0, "must be more than 0"],
  [z.number().lt(5), 5, "must be less than 5"],
  [z.number().multipleOf(60), 61, "must be a multiple of 60"],
  [z.email(), "x", "must be an email address"],
  [z.url(), "x", "must be an address, like https://example.com"],
  [z.uuid(), "x", "must be an id"],
  [z.iso.datetime(), "x", "must be a time in ISO 8601, like 2026-05-01T12:00:00Z"],
  [z.string().regex(/^\d+$/), "x", "is not in the right form"],
  [z.strictObject({}), { extra: 1 }, "there is no field named extra"],
  [z.strictObject({}), { a: 1, b: 2 }, "there are no fields named a, b"],
  [z.union([z.number(), z.string()]), true, "must be a number or a text"],
  [z.union([z.literal(1), z.literal(2)]), 3, "must be 1 or 2"],
  [z.union([z.object({ name: z.string() }), z.string()]), {}, "name: is required"],
  [
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]),
    { kind: "c" },
    "must be a or b",
  ],
  [z.record(z.string().regex(/^a/, "must begin with a"), z.string()), { b: "x" }, "must begin with a"],
  [z.string().refine(() => false), "x", "is not valid"],
  [z.string().max(2, "is ours"), "long", "is ours"],
];

test.each(CASES.map(([schema, input, message]) => ({ schema, input, message })))(
  "$message",
  ({ schema, input, message }) => expect(words(schema, input)).toEqual([message]),
);
