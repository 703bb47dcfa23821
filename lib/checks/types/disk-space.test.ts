import { expect, test } from "vitest";
import { runType } from "@/lib/testing/run-type";
import { diskSpace, usage } from "./disk-space";

test("the disk of this machine has a percentage, and bytes", async () => {
  const answer = await runType(diskSpace, {
    path: "/",
    warningPercent: 100,
    failedPercent: 100,
    inodesWarningPercent: 100,
    inodesFailedPercent: 100,
  });
  expect(answer).toMatchObject({ status: "ok", shortSummary: expect.stringMatching(/^[\d.]+ %$/) });
  expect(answer.meta).toMatchObject({ freeBytes: expect.any(Number), totalBytes: expect.any(Number) });
});

test("above the limits it warns, then fails, with the number and the limit", async () => {
  const limits = { path: "/", inodesWarningPercent: 100, inodesFailedPercent: 100 };
  expect(await runType(diskSpace, { ...limits, warningPercent: 0, failedPercent: 100 })).toMatchObject({
    status: "warning",
    message: expect.stringMatching(/^Disk \/ is [\d.]+ % full \(limit 0 %\)\.$/),
  });
  expect(await runType(diskSpace, { ...limits, warningPercent: 0, failedPercent: 0 })).toMatchObject({
    status: "failed",
  });
});

test("a path that is not there is a failure and no crash", async () => {
  expect(await runType(diskSpace, { path: "/no/such/folder" })).toEqual({
    status: "failed",
    shortSummary: "no such path",
    message: "/no/such/folder does not exist.",
  });
});

test("what is neither is thrown, for the runner to call it crashed", async () => {
  await expect(runType(diskSpace, { path: "/etc/passwd/x" })).rejects.toThrow("ENOTDIR");
});

test("the specification's limits are the defaults: warning above 70 %, failed above 90 %", () => {
  expect(diskSpace.config.parse({})).toMatchObject({ path: "/", warningPercent: 70, failedPercent: 90 });
});

test.each([
  [
    { bsize: 4096, blocks: 100, bfree: 30, bavail: 20, files: 1000, ffree: 900 },
    { usedPercent: (70 / 90) * 100, inodesPercent: 10 },
  ],
  [
    { bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 },
    { usedPercent: 0, inodesPercent: undefined },
  ],
])("counts like df: %j", (facts, expected) => {
  expect(usage(facts)).toMatchObject(expected);
});
