import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { commandOf, isAlive, startOf } from "./processes";

test("a process that runs is alive, has a command line and a start that stays the same", async () => {
  const child = spawn("sleep", ["600"]);
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  try {
    expect(isAlive(pid)).toBe(true);
    await expect.poll(() => commandOf(pid)).toMatch(/sleep 600/);
    const start = await startOf(pid);
    expect(start).toMatch(/\d/);
    expect(await startOf(pid)).toBe(start);
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(isAlive(pid)).toBe(false);
  expect(await commandOf(pid)).toBeUndefined();
  expect(await startOf(pid)).toBeUndefined();
});

test("a process of somebody else is alive too", () => {
  expect(isAlive(1)).toBe(true);
});
