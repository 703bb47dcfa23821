import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Exit, describeExit } from "./node-child";
import { type Supervisable, supervise } from "./supervise";

/** A process that ends when told to: what supervise sees of a real one. */
function makeProcess() {
  let end: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((done) => (end = done));
  const stop = async () => end({ code: 0, signal: null });
  return { exited, end, stop, kill: () => end({ code: null, signal: "SIGKILL" }) };
}

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line).trim()) > 0);
});
afterEach(() => void vi.restoreAllMocks());

test("a process that ends is started again, and the line says how it ended and when it starts", async () => {
  const started: ReturnType<typeof makeProcess>[] = [];
  const supervisor = supervise<Supervisable>("worker", async () => {
    const one = makeProcess();
    started.push(one);
    return one;
  });
  await supervisor.ready;
  started[0]?.kill();
  await expect.poll(() => started.length).toBe(2);
  expect(lines).toEqual(["The worker ended (signal SIGKILL); starting it again in 0.2 s."]);
  expect(supervisor.current()).toBe(started[1]);
  await supervisor.stop();
  expect(supervisor.current()).toBeUndefined();
  expect(started).toHaveLength(2);
});

test("one that never becomes ready is given up with its words", async () => {
  let starts = 0;
  const supervisor = supervise("web process", async () => {
    starts++;
    throw new Error("it ended before it was ready (code 1)");
  });
  await expect(supervisor.ready).rejects.toThrow(
    "The web process could not be started: it ended before it was ready (code 1). The lines above say more.",
  );
  expect(starts).toBe(3);
});

test("a stop in the middle of a wait, or of a start, ends it for good", async () => {
  const one = makeProcess();
  const supervisor = supervise<Supervisable>("worker", async () => one);
  await supervisor.ready;
  one.end({ code: 1, signal: null });
  await expect.poll(() => lines.length).toBe(1);
  await supervisor.stop();

  const late = makeProcess();
  let finish: (started: Supervisable) => void = () => undefined;
  const slow = supervise<Supervisable>("worker", () => new Promise((done) => (finish = done)));
  const stopped = slow.stop();
  finish(late);
  await stopped;
  expect(await late.exited).toEqual({ code: 0, signal: null });
});

test.each([
  [{ code: 1, signal: null }, "code 1"],
  [{ code: null, signal: "SIGKILL" }, "signal SIGKILL"],
])("%j is told as %s", (exit, words) => {
  expect(describeExit(exit)).toBe(words);
});
