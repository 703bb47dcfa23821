import { expect, test } from "vitest";
import { z } from "zod";
import { CHANNEL_TYPES } from "@/lib/alerting/channels/registry";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { ENDPOINTS } from "./endpoints";

/** One of each kind, none of which is right everywhere. */
const VALUES = [
  undefined,
  null,
  true,
  -1,
  1.5,
  Number.NaN,
  1e20,
  "",
  "x",
  "\0",
  "x".repeat(200_000),
  [],
  ["x"],
  [-1],
  {},
  { x: 1 },
];

const SCHEMAS: [name: string, schema: z.ZodType][] = [
  ...ENDPOINTS.flatMap(({ method, path, query, body }): [string, z.ZodType][] => [
    ...(query ? [[`the query of ${method} ${path}`, query] satisfies [string, z.ZodType]] : []),
    ...(body ? [[`the body of ${method} ${path}`, body] satisfies [string, z.ZodType]] : []),
  ]),
  ...[...CHECK_TYPES, ...CHANNEL_TYPES, ...SOURCE_TYPES].map(([id, { config }]): [string, z.ZodType] => [
    `the config of ${id}`,
    config,
  ]),
];

const described = z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) });

function namesOf(schema: z.ZodType): string[] {
  return Object.keys(described.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })).properties);
}

/** Zod's own, and what stands for a rule that nobody put into words. */
const NO_WORDS = /^(Invalid|Unrecognized|Too (big|small))|^is not (valid|in the right form)$|pattern/;

test.each(SCHEMAS)("whatever is wrong with %s is told in plain words", (_, schema) => {
  const inputs = [...VALUES, ...namesOf(schema).flatMap((name) => VALUES.map((value) => ({ [name]: value })))];
  const messages = inputs.flatMap((input) =>
    (schema.safeParse(input).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`),
  );
  expect(messages.length).toBeGreaterThan(0);
  expect([...new Set(messages)].filter((line) => NO_WORDS.test(line.slice(line.indexOf(": ") + 2)))).toEqual([]);
});
