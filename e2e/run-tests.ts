import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { findChromium } from "./find-chromium";

/**
 * Runs every test there is: unit and integration tests with the coverage gate, then the specs in a real Chromium, and ends
 * with one line that adds them up. `--only unit` or `--only e2e` runs one part.
 */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

function run(script: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: "inherit", env });
  return new Promise((done) => child.once("close", (code) => done(code ?? 1)));
}

async function readReport<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T> | undefined> {
  return existsSync(file) ? schema.parse(JSON.parse(await readFile(file, "utf8"))) : undefined;
}

async function unit(): Promise<Counts> {
  const file = ".build/vitest.json";
  await rm(file, { force: true });
  const code = await run("node_modules/vitest/vitest.mjs", [
    "run",
    "--coverage",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = await readReport(file, vitestReport);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A gate that is missed, or a file that does not load, is a failure though no test of it is.
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 || code !== 0 ? 1 : 0);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

async function e2e(): Promise<Counts> {
  const chromium = await findChromium();
  if (!chromium.found) {
    console.log(`NOT TESTED: the specs in a browser. ${chromium.reason}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const file = ".build/playwright.json";
  await rm(file, { force: true });
  const code = await run("node_modules/@playwright/test/cli.js", ["test"], {
    ...process.env,
    ...(chromium.path ? { CHROMIUM_PATH: chromium.path } : {}),
  });
  const report = await readReport(file, playwrightReport);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = Math.max(unexpected + flaky, report.errors.length > 0 || code !== 0 ? 1 : 0);
  return { passed: expected, failed, skipped };
}

const { values } = parseArgs({ options: { only: { type: "string" } } });
await mkdir(".build", { recursive: true });
const parts: Counts[] = [];
if (values.only !== "e2e") parts.push(await unit());
if (values.only !== "unit") parts.push(await e2e());
const sum = (key: keyof Counts) => parts.reduce((total, part) => total + part[key], 0);
const line = `${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`;
await writeFile(".build/test-counts.txt", `${line}\n`);
console.log(line);
process.exit(sum("failed") > 0 ? 1 : 0);
