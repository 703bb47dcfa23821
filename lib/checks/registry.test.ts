import { existsSync } from "node:fs";
import { Pool } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { storesNothing } from "@/lib/testing/run-type";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import { userActor } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { configFields } from "./config-fields";
import { configFormValues, parseConfigForm } from "./config-form";
import { CHECK_STATUSES } from "./define-check";
import { describeTypes } from "./describe-types";
import { MASK, maskConfig } from "./mask-config";
import { CHECK_TYPES, findCheckType, getCheckType } from "./registry";
import { runCheck } from "./run-check";

const context = await createTestContext();
// Nobody listens there: a kind that asks the product's own database is refused at once.
const nowhere = new Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
afterAll(() => nowhere.end());
const tools = {
  now: () => new Date(),
  sql: nowhere,
  env: readEnv({ NODE_ENV: "test" }),
  log: SILENT,
  writeSamples: storesNothing,
};
const docs = describeTypes(CHECK_TYPES);

test("kinds stand in the order of their ids, in whatever order their lines were added", () => {
  expect([...CHECK_TYPES.keys()]).toEqual([...CHECK_TYPES.keys()].toSorted());
});

/** What every kind promises. A new kind is held to it by its line in types/index.ts. */
describe.each([...CHECK_TYPES])("%s", (id, type) => {
  const fields = configFields(type);

  test("has an id, a label and a sentence about what it looks at", () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(type.label).toMatch(/^\S.{1,39}$/);
    expect(type.description).toMatch(/^[A-Z].{10,}\.$/);
  });

  test("has a file and a test named like it", () => {
    for (const name of [`${id}.ts`, `${id}.test.ts`])
      expect(existsSync(new URL(`types/${name}`, import.meta.url)), name).toBe(true);
  });

  test("every field has a title of its own, and a default only where the schema takes it", () => {
    const titles = fields.map((field) => field.title);
    for (const field of fields) expect(field.title, field.name).not.toBe(field.name);
    expect(new Set(titles).size).toBe(titles.length);
    const defaults = fields.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]]));
    expect(type.config.safeParse({ ...type.example, ...Object.fromEntries(defaults) }).error?.issues).toBeUndefined();
  });

  test("what needs a value says so, and a misspelt field is refused", () => {
    const required = fields.filter((field) => field.required).map((field) => field.name);
    const missing = type.config.safeParse({}).error?.issues.map((issue) => String(issue.path[0])) ?? [];
    expect([...new Set(missing)].sort()).toEqual(required.sort());
    expect(type.config.safeParse({ ...type.example, nosuchfield: 1 }).success).toBe(false);
  });

  test("its example is a config, and goes through the form unharmed", () => {
    expect(type.config.safeParse(type.example).error?.issues).toBeUndefined();
    const form = Object.fromEntries(
      Object.entries(configFormValues(type, type.example)).filter(([, text]) => text !== "false"),
    );
    expect(type.config.parse(parseConfigForm(type, form))).toEqual(type.config.parse(type.example));
  });

  test("what holds a password is marked a secret, and is not shown again", () => {
    for (const { name, secret } of fields) {
      if (/url|password|secret|token|headers|key$/i.test(name)) expect(secret, name).toBe(true);
    }
    const secrets = Object.fromEntries(
      fields.flatMap(({ name, secret, kind }) => {
        if (!secret) return [];
        return [[name, kind === "pairs" ? { "X-Key": "s3cret" } : "proto://someone:s3cret@shop.example/"]];
      }),
    );
    const shown = JSON.stringify(maskConfig(id, { ...type.example, ...secrets }));
    expect(shown).not.toContain("s3cret");
    if (Object.keys(secrets).length > 0) expect(shown).toContain(MASK);
  });

  test("stands in the API's list of kinds and in the docs with every field", async () => {
    const { json } = await callApi(context, "GET /api/v1/check-types", { sessionActor: userActor("viewer") });
    const items = fields.map(({ name, title }) => expect.objectContaining({ name, title }));
    expect(json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ type: id, label: type.label, description: type.description, fields: items }),
      ]),
    });
    expect(docs).toContain(`## ${id}\n\n**${type.label}.** ${type.description}`);
    for (const { name } of fields) expect(docs).toContain(`| \`${name}\` | `);
  });

  test("a config that is wrong makes it crash, and says which field", async () => {
    const result = await runCheck(type, { ...type.example, nosuchfield: 1 }, 1, tools);
    expect(result).toMatchObject({
      status: "crashed",
      message: expect.stringMatching(/^The check itself broke: its config is not valid \(.*nosuchfield/),
    });
  });

  test("a fault in it is a crash with its cause", async () => {
    const broken = { ...type, run: () => Promise.reject(new TypeError("x is undefined")) };
    expect(await runCheck(broken, type.example, 1, tools)).toMatchObject({
      status: "crashed",
      shortSummary: "check broken",
      message: "The check itself broke: x is undefined",
    });
  });

  test("a run that never ends is ended with its name", async () => {
    const hung = { ...type, run: () => new Promise<never>(() => undefined) };
    expect(await runCheck(hung, type.example, 0.02, tools)).toMatchObject({
      status: "failed",
      shortSummary: "timed out",
      message: `${type.label} timed out after 20 ms.`,
    });
  });

  test("where nothing can be reached it still answers, with a cause", async () => {
    const result = await runCheck(type, type.example, 1, tools);
    expect(CHECK_STATUSES.filter((status) => status !== "crashed")).toContain(result.status);
    expect(result.shortSummary).not.toBe("");
    if (result.status !== "ok") expect(result.message).toMatch(/\.$/);
    expect(JSON.stringify(result)).not.toContain("password");
  });
});

test("a kind is found by its id, and one that is not there is answered with those that are", () => {
  expect(findCheckType("disk-space")?.label).toBe("Disk space");
  expect(findCheckType("diskSpace")).toBeUndefined();
  expect(() => getCheckType("ping")).toThrow('There is no check type "ping". There are: cache, database, disk-space,');
});
