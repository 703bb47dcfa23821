import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runType } from "@/lib/testing/run-type";
import { fileAge } from "./file-age";

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-file-age-"));
afterAll(() => rm(folder, { recursive: true }));

const changedAt = new Date("2026-03-01T00:00:00Z");
const path = join(folder, "export.csv");
await writeFile(path, "");
await utimes(path, changedAt, changedAt);

test.each([
  [60, { status: "ok", shortSummary: "1 min", meta: { ageSeconds: 60 } }],
  [90, { status: "warning", message: `${path} was last changed 1 min 30 s ago (limit 1 min).` }],
  [180, { status: "failed", message: `${path} was last changed 3 min ago (limit 2 min).` }],
])("%d seconds after its last change", async (age, answer) => {
  const now = () => new Date(changedAt.getTime() + age * 1000);
  expect(await runType(fileAge, { path, warningAboveSeconds: 60, failedAboveSeconds: 120 }, { now })).toMatchObject(
    answer,
  );
});

test("a file that is not there has failed", async () => {
  const gone = join(folder, "gone.csv");
  expect(await runType(fileAge, { path: gone })).toMatchObject({
    status: "failed",
    message: `${gone} does not exist.`,
  });
});
