import { expect, test } from "vitest";
import { z } from "zod";
import { defineCheck } from "./define-check";
import { describeConfig } from "./describe-config";

const type = defineCheck({
  label: "Test",
  description: "",
  config: z.strictObject({
    host: z.string().meta({ title: "Host" }),
    port: z.int().default(6379).meta({ title: "Port" }),
    strict: z.boolean().default(true).meta({ title: "Strict" }),
    usedWarningPercent: z.number().default(70).meta({ title: "Used" }),
    answerFailedMs: z.number().default(2_000).meta({ title: "Answer" }),
    oldestSeconds: z.number().default(900).meta({ title: "Oldest" }),
    tickSeconds: z.number().default(0.5).meta({ title: "Tick" }),
    certificateDays: z.number().default(1).meta({ title: "Certificate" }),
    sizeGb: z.number().optional().meta({ title: "Size" }),
    statuses: z.array(z.string()).default(["200-299", "401"]).meta({ title: "Statuses" }),
    headers: z.record(z.string(), z.string()).default({}).meta({ title: "Headers" }),
  }),
  example: { host: "a.example" },
  run: async () => ({ status: "ok", shortSummary: "" }),
});

const textsOf = (config: Record<string, unknown>) =>
  Object.fromEntries(describeConfig(type, config).map(({ title, text }) => [title, text]));

test("settings read as a person says them, with their units; what is not set is left out", () => {
  expect(textsOf({ host: "cache.example", strict: false })).toEqual({
    Host: "cache.example",
    Port: "6379",
    Strict: "No",
    Used: "70 %",
    Answer: "2 s",
    Oldest: "15 min",
    Tick: "500 ms",
    Certificate: "1 day",
    Statuses: "200-299, 401",
  });
});

test("pairs have a line each", () => {
  const texts = textsOf({ host: "h", sizeGb: 12, headers: { Accept: "text/plain", "X-Key": "••••" } });
  expect(texts).toMatchObject({ Size: "12 GB", Headers: "Accept: text/plain\nX-Key: ••••", Strict: "Yes" });
});
