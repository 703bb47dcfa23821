import { createServer as createHttpServer } from "node:http";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test, vi } from "vitest";
import { refusedPort } from "@/lib/testing/servers";
import { nextBackoffMs } from "./backoff";
import { makeDataFolder } from "./data-folder";
import { isWorthShowing } from "./database";
import { isLive, watchLiveness } from "./liveness";
import { findLockHolder, takeLock } from "./lock-file";
import { checkPort } from "./port";
import { keptSecret } from "./secret";
import { hashSource } from "./source-hash";

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-launcher-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the wait before a process is started again", () => {
  test("doubles while it keeps ending, and starts small after a good life", () => {
    let wait = 0;
    const waits = Array.from({ length: 9 }, () => (wait = nextBackoffMs(wait, 100)));
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000]);
    expect(nextBackoffMs(15_000, 31_000)).toBe(200);
  });
  test("is never 0 and never above 15 s", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(0), fc.integer({ min: 200, max: 15_000 })), fc.nat(), (previous, alive) => {
        const wait = nextBackoffMs(previous, alive);
        return wait >= 200 && wait <= 15_000;
      }),
    );
  });
});

describe("the lock of a data folder", () => {
  test("is taken once; who asks next is told who holds it, and where", async () => {
    const file = join(folder, "one.lock");
    const first = await takeLock(file, "http://127.0.0.1:3000");
    expect(first).toMatchObject({ taken: true, wasStale: false });
    expect(await takeLock(file, "http://127.0.0.1:3001")).toMatchObject({
      taken: false,
      holder: { pid: process.pid, url: "http://127.0.0.1:3000" },
    });
    if (first.taken) await first.release();
    expect(await findLockHolder(file)).toBeUndefined();
    expect(await takeLock(file, "")).toMatchObject({ taken: true, wasStale: false });
  });

  test.each([
    ["a process that has ended", JSON.stringify({ pid: 2 ** 22 - 1, start: "1", url: "" })],
    ["another process that got the same id since", JSON.stringify({ pid: process.pid, start: "1", url: "" })],
    ["nobody: the file is broken", "{"],
    ["nobody: the file is something else", "[]"],
  ])("of %s is taken over", async (_title, content) => {
    const file = join(folder, "stale.lock");
    await writeFile(file, content);
    const lock = await takeLock(file, "");
    expect(lock).toMatchObject({ taken: true, wasStale: true });
    if (lock.taken) await lock.release();
  });

  test("goes to one of many that start at once", async () => {
    const file = join(folder, "rush.lock");
    for (let round = 0; round < 20; round++) {
      await writeFile(file, "{");
      const locks = await Promise.all(Array.from({ length: 10 }, () => takeLock(file, "")));
      expect(locks.filter((lock) => lock.taken)).toHaveLength(1);
      await rm(file);
    }
  });
});

describe("the data folder", () => {
  test("is made with its parents, closed to others' eyes", async () => {
    const path = join(folder, "a/b/data");
    await makeDataFolder(path);
    await makeDataFolder(path);
    expect((await stat(path)).mode & 0o777).toBe(0o711);
  });

  test("that cannot be made is refused with the reason, and at once", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(makeDataFolder(file)).rejects.toThrow(
      `The data folder ${file} cannot be written: a file with this name is in the way. Make it writable, or set DATA_DIR to another folder.`,
    );
    await expect(makeDataFolder(join(file, "data"))).rejects.toThrow(
      "cannot be written: a part of the path is a file.",
    );
  });

  test.runIf(process.platform === "linux")("inside /proc is refused too", async () => {
    await expect(makeDataFolder("/proc/nope/data")).rejects.toThrow("cannot be written: no folder can be made there");
  });
});

describe("the port", () => {
  test("that is free is fine; one in use is named, with what to do", async () => {
    await checkPort("127.0.0.1", await refusedPort());
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = address && typeof address === "object" ? address.port : 0;
    await expect(checkPort("127.0.0.1", port)).rejects.toThrow(`Port ${port} of 127.0.0.1 is already in use.`);
    const waiting = checkPort("127.0.0.1", port, 10_000);
    server.close();
    await waiting;
  });

  test("on an address that is not ours says so", async () => {
    await expect(checkPort("192.0.2.1", 3000)).rejects.toThrow("HOST is 192.0.2.1, which is not an address of");
  });
});

test("a secret is made once, kept, and readable by its owner only", async () => {
  const file = join(folder, "secret");
  const first = await keptSecret(file);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(await keptSecret(file)).toBe(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await expect(keptSecret(join(folder, "no/such/folder/secret"))).rejects.toThrow("ENOENT");
});

test("the hash of the source changes with what a build reads, and only with that", async () => {
  const root = join(folder, "tree");
  await mkdir(join(root, "app"), { recursive: true });
  await mkdir(join(root, "lib/testing"), { recursive: true });
  await writeFile(join(root, "app/page.tsx"), "a");
  const first = await hashSource(root);
  await writeFile(join(root, "app/page.test.tsx"), "a test");
  await writeFile(join(root, "lib/testing/help.ts"), "for tests");
  expect(await hashSource(root)).toBe(first);
  await writeFile(join(root, "proxy.ts"), "what stands before the pages");
  const second = await hashSource(root);
  expect(second).not.toBe(first);
  await writeFile(join(root, "app/page.tsx"), "b");
  expect(await hashSource(root)).not.toBe(second);
});

describe("a web process that is watched", () => {
  test("is live when it answers, and not when it is gone or broken", async () => {
    let status = 200;
    const server = createHttpServer((_request, response) => response.writeHead(status).end());
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = address && typeof address === "object" ? address.port : 0;
    expect(await isLive("127.0.0.1", port)).toBe(true);
    status = 500;
    expect(await isLive("127.0.0.1", port)).toBe(false);
    server.close();
    server.closeAllConnections();
    expect(await isLive("127.0.0.1", await refusedPort())).toBe(false);
  });

  test("is reported when it was silent three times in a row, not while there is none", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const port = await refusedPort();
    const silent: string[] = [];
    let asked = 0;
    let current: string | undefined;
    const end = watchLiveness(
      "127.0.0.1",
      port,
      () => {
        asked++;
        return current;
      },
      (subject) => silent.push(subject),
    );
    vi.advanceTimersByTime(60_000);
    expect(asked).toBe(6);
    current = "web";
    await vi.waitFor(() => {
      vi.advanceTimersByTime(10_000);
      expect(silent).toEqual(["web"]);
    });
    end();
    vi.useRealTimers();
  });
});

test("the lock file holds no secret", async () => {
  const file = join(folder, "seen.lock");
  await takeLock(file, "http://127.0.0.1:3000");
  expect(Object.keys(JSON.parse(await readFile(file, "utf8")))).toEqual(["pid", "start", "url"]);
});

test.each([
  ["checkpointer:  WARNING:  could not sync the folder", true],
  ["autovacuum worker:  ERROR:  could not read the block", true],
  ["postmaster:  LOG:  database system is ready to accept connections", false],
  ["client backend:  FATAL:  sorry, too many clients already", true],
  ['client backend:  ERROR:  duplicate key value violates unique constraint "users_email_key"', false],
  ["client backend:  DETAIL:  Key (email)=(a@example.org) already exists.", false],
  ["client backend:  STATEMENT:  INSERT INTO users …", false],
])("of the database's lines %j is worth showing: %j", (line, shown) => {
  expect(isWorthShowing(`2026-05-01 12:00:00.000 UTC [42] ${line}`)).toBe(shown);
});
