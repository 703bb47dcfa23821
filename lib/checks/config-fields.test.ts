import { describe, expect, test } from "vitest";
import { z } from "zod";
import { configFields } from "./config-fields";
import { configFormValues, parseConfigForm } from "./config-form";
import { defineCheck } from "./define-check";
import { CHECK_TYPES, getCheckType } from "./registry";

const type = defineCheck({
  label: "Everything",
  description: "One field of each kind.",
  config: z.object({
    url: z.url().meta({ title: "URL", description: "Where.", secret: true }),
    retries: z.int().min(1).max(9).default(3).meta({ title: "Retries" }),
    ratio: z.number().optional().meta({ title: "Ratio" }),
    strict: z.boolean().default(true).meta({ title: "Strict" }),
    method: z.enum(["GET", "POST"]).default("GET").meta({ title: "Method" }),
    version: z
      .union([z.literal(1), z.literal(2)])
      .optional()
      .meta({ title: "Version" }),
    statuses: z.array(z.int()).default([200]).meta({ title: "Statuses" }),
    headers: z.record(z.string(), z.string()).default({}).meta({ title: "Headers" }),
    body: z.string().nullable().optional().meta({ title: "Body", multiline: true }),
  }),
  example: { url: "https://a.example" },
  run: async () => ({ status: "ok", shortSummary: "" }),
});

test("the fields say all that the schema says", () => {
  expect(configFields(type)).toEqual([
    {
      name: "url",
      title: "URL",
      description: "Where.",
      kind: "text",
      required: true,
      default: undefined,
      secret: true,
    },
    {
      name: "retries",
      title: "Retries",
      description: "",
      kind: "number",
      required: false,
      default: 3,
      min: 1,
      max: 9,
      secret: false,
    },
    {
      name: "ratio",
      title: "Ratio",
      description: "",
      kind: "number",
      required: false,
      default: undefined,
      secret: false,
    },
    {
      name: "strict",
      title: "Strict",
      description: "",
      kind: "boolean",
      required: false,
      default: true,
      secret: false,
    },
    {
      name: "method",
      title: "Method",
      description: "",
      kind: "select",
      required: false,
      default: "GET",
      options: ["GET", "POST"],
      secret: false,
    },
    {
      name: "version",
      title: "Version",
      description: "",
      kind: "select",
      required: false,
      default: undefined,
      options: [1, 2],
      secret: false,
    },
    {
      name: "statuses",
      title: "Statuses",
      description: "",
      kind: "list",
      required: false,
      default: [200],
      items: "number",
      secret: false,
    },
    { name: "headers", title: "Headers", description: "", kind: "pairs", required: false, default: {}, secret: false },
    {
      name: "body",
      title: "Body",
      description: "",
      kind: "textarea",
      required: false,
      default: undefined,
      secret: false,
    },
  ]);
});

describe("parseConfigForm", () => {
  test("texts become what the schema takes; empty fields are left out", () => {
    const form = {
      url: " https://a.example ",
      retries: "5",
      ratio: "",
      strict: "on",
      method: "POST",
      version: "2",
      statuses: "200\n\n 204 ",
      headers: "Accept: a:b\nX:",
      body: " x\n",
    };
    const config = {
      url: "https://a.example",
      retries: 5,
      strict: true,
      method: "POST",
      version: 2,
      statuses: [200, 204],
      headers: { Accept: "a:b", X: "" },
      body: " x\n",
    };
    expect(parseConfigForm(type, { ...form, url: "https://a.example" })).toEqual(config);
    expect(parseConfigForm(type, {})).toEqual({ strict: false });
  });

  test("what can't be understood stays for the schema to refuse at its field", () => {
    const parsed = type.config.safeParse(
      parseConfigForm(type, { url: "https://a.example", retries: "many", method: "PUT", statuses: "200\nok" }),
    );
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual(["retries", "method", "statuses.1"]);
  });

  test("a header line without a colon is refused by its name, and not sent without a value", () => {
    const http = getCheckType("http");
    const form = { url: "https://a.example", headers: "Accept: text/html\nX-Token s3cret\nX-Other" };
    expect(http.config.safeParse(parseConfigForm(http, form)).error?.issues).toMatchObject([
      { path: ["headers", "X-Token s3cret"], message: "is not a valid header name" },
      { path: ["headers", "X-Other"], message: "has no value; write it as name: value" },
    ]);
  });

  test("a text that was emptied on purpose is empty, and does not become its default again", () => {
    const queue = getCheckType("queue");
    expect(queue.config.parse(parseConfigForm(queue, { heartbeatQueue: "" }))).toMatchObject({ heartbeatQueue: "" });
  });

  test("a form shows a config so that it comes back the same", () => {
    const config = {
      url: "https://a.example",
      retries: 5,
      strict: true,
      method: "POST",
      version: 2,
      statuses: [200, 204],
      headers: { Accept: "a:b" },
      body: "one\ntwo",
    };
    expect(parseConfigForm(type, withoutUnticked(configFormValues(type, config)))).toEqual(config);
  });
});

const withoutUnticked = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([, text]) => text !== "false"));

test.each([...CHECK_TYPES])("%s: its defaults go through a form unharmed", (_, real) => {
  const fields = configFields(real);
  const required = Object.fromEntries(fields.filter((field) => field.required).map((field) => [field.name, "x"]));
  const values = withoutUnticked(configFormValues(real, {}));
  const parsed = real.config.safeParse(parseConfigForm(real, { ...values, ...required }));
  const wrong = parsed.error?.issues.map((issue) => String(issue.path[0])) ?? [];
  expect(wrong.filter((name) => !(name in required))).toEqual([]);
});
