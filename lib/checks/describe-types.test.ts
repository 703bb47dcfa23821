import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineCheck } from "./define-check";
import { describeTypes } from "./describe-types";
import { CHECK_TYPES } from "./registry";

const page = new URL("../../docs/checks.md", import.meta.url);

test("docs/checks.md says what the kinds say (npm run docs:checks writes it)", async () => {
  expect(await readFile(page, "utf8")).toBe(describeTypes(CHECK_TYPES));
});

test("each sort of field reads as a person would say it", () => {
  const kind = defineCheck({
    label: "Everything",
    description: "One field of each sort.",
    config: z.object({
      url: z.url().meta({ title: "URL", description: "Where.", secret: true }),
      share: z.number().min(0).max(1).default(0.5).meta({ title: "Share" }),
      retries: z.int().max(9).optional().meta({ title: "Retries" }),
      strict: z.boolean().default(true).meta({ title: "Strict" }),
      method: z.enum(["GET", "A|B"]).default("GET").meta({ title: "Method" }),
      ports: z.array(z.int()).default([80]).meta({ title: "Ports" }),
      headers: z.record(z.string(), z.string()).default({}).meta({ title: "Headers" }),
      body: z.string().optional().meta({ title: "Body", multiline: true }),
      bare: z.string().optional(),
    }),
    example: { url: "https://shop.example/" },
    run: async () => ({ status: "ok", shortSummary: "" }),
  });
  const text = describeTypes(new Map([["everything", kind]]));
  expect(text).toContain("| [`everything`](#everything) | Everything | One field of each sort. |");
  expect(text).toContain("## everything\n\n**Everything.** One field of each sort.");
  for (const row of [
    "| `url` | text, *secret* | required | URL. Where. |",
    "| `share` | number, 0 to 1 | `0.5` | Share. |",
    "| `retries` | number, at most 9 |  | Retries. |",
    "| `strict` | `true` or `false` | `true` | Strict. |",
    "| `method` | `GET` or `A\\|B` | `GET` | Method. |",
    "| `ports` | list of numbers | `[80]` | Ports. |",
    "| `headers` | names and texts | `{}` | Headers. |",
    "| `body` | text of several lines |  | Body. |",
    "| `bare` | text |  |  |",
  ])
    expect(text).toContain(row);
  expect(text).toContain('"config": {\n    "url": "https://shop.example/"\n  }');
});
