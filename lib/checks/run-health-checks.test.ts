import { expect, test } from "vitest";
import { ANONYMOUS } from "@/lib/core/actor";
import { userActor } from "@/lib/testing/actors";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { serveDns } from "@/lib/testing/dns-server";
import { refusedPort, serveHttp, serveSilence, serveTcp } from "@/lib/testing/servers";
import { createTestContext } from "@/lib/testing/test-context";
import { runHealthChecks } from "./run-health-checks";

const context = await createTestContext();
const target = await startTarget();

/** Adds a check that the test knows the answer of. */
const add = (kind: string, index: number, type: string, config: object) =>
  addCheck(context, { key: `${kind}-${index}`, type, timeoutSeconds: kind === "hung" ? 1 : 4, config: { ...config } });

/** Ten servers that accept and never answer, each asked by its own check: what is waited for is told. */
async function addHung(): Promise<ReadonlyMap<string, string>> {
  const kinds = [
    [(port: number) => ["http", { url: `http://127.0.0.1:${port}/` }] as const, "while waiting for the answer"],
    [(port: number) => ["tcp", { host: "127.0.0.1", port, expect: "220" }] as const, 'while waiting for "220"'],
    [(port: number) => ["tls", { host: "127.0.0.1", port }] as const, "while waiting for the TLS handshake"],
    [(port: number) => ["database", { url: `postgresql://a@127.0.0.1:${port}/b` }] as const, "while connecting"],
    [(port: number) => ["cache", { url: `redis://127.0.0.1:${port}` }] as const, "while connecting"],
  ] as const;
  const waits = new Map<string, string>();
  for (const [index, [configOf, wait]] of [...kinds, ...kinds.slice(0, 4)].entries()) {
    const { port } = await serveSilence();
    const [type, config] = configOf(port);
    await add("hung", index, type, config);
    waits.set(`hung-${index}`, wait);
  }
  const resolver = await serveDns(() => undefined);
  await add("hung", 9, "dns", { name: "shop.example", resolver });
  return waits.set("hung-9", "while waiting for the resolver");
}

/** Thirty others: good ones of several kinds, and ten that are down in a way of their own. */
async function addOthers(): Promise<void> {
  const greeting = await serveTcp((socket) => void socket.write("220 ready"));
  const broken = await serveHttp((_request, response) => response.writeHead(500).end());
  for (let index = 0; index < 5; index++) {
    await add("good", index, "http", { url: target.url, jsonPath: "status", jsonEquals: "ok" });
    await add("good", index + 5, "tcp", { host: "127.0.0.1", port: greeting.port, expect: "220" });
    await add("good", index + 10, "database", {});
    await add("good", index + 15, "cache", {});
    await add("refused", index, "http", { url: `http://127.0.0.1:${await refusedPort()}/` });
    await add("broken", index, "http", { url: `http://127.0.0.1:${broken.port}/` });
  }
}

await addCheck(context, { key: "paused", label: "Paused", pausedAt: new Date(), config: { url: target.url } });

test("40 checks, 10 of them hung: one round takes one time-out, and the others are right", async () => {
  const waits = await addHung();
  await addOthers();
  const runs = await runHealthChecks(context, { store: true });
  const runsOf = (kind: string) => runs.filter((run) => run.key.startsWith(`${kind}-`));
  const endOf = (run: (typeof runs)[number]) => run.startedAt.getTime() + run.durationMs;
  const starts = runs.map((run) => run.startedAt.getTime());

  // All are under way before the first hung one is given up: their time-outs pass side by side.
  expect(Math.max(...starts)).toBeLessThan(Math.min(...runsOf("hung").map(endOf)));
  expect(Math.max(...runs.map(endOf)) - Math.min(...starts)).toBeLessThan(5_000);
  expect(["hung", "good", "refused", "broken"].map((kind) => runsOf(kind).length)).toEqual([10, 20, 5, 5]);
  expect(runs).toHaveLength(40);

  for (const run of runsOf("hung")) {
    expect(run, run.key).toMatchObject({ status: "failed", shortSummary: "timed out" });
    expect(run.message).toContain(`timed out after 1 s ${waits.get(run.key)}`);
  }
  for (const run of runsOf("good")) expect(run, run.key).toMatchObject({ status: "ok", message: "" });
  for (const run of runsOf("refused"))
    expect(run, run.key).toMatchObject({ status: "failed", message: expect.stringContaining("connection refused") });
  for (const run of runsOf("broken")) expect(run, run.key).toMatchObject({ status: "failed", shortSummary: "500" });
  expect(await context.db.healthCheckResult.count()).toBe(40);
  expect(await context.db.healthCheck.count({ where: { status: "failed" } })).toBe(20);
});

test("without storing nothing is written, and only the named checks run, a paused one too", async () => {
  const before = await context.db.healthCheckResult.count();
  const runs = await runHealthChecks(context.as(userActor("viewer")), { keys: ["good-1", "paused"] });
  expect(runs.map((run) => run.key)).toEqual(["good-1", "paused"]);
  expect(await context.db.healthCheckResult.count()).toBe(before);
});

test("an unknown key is named, and who may not is refused", async () => {
  await expect(runHealthChecks(context, { keys: ["good-1", "nope"] })).rejects.toThrow('There is no check "nope".');
  await expect(runHealthChecks(context.as(ANONYMOUS))).rejects.toMatchObject({ kind: "unauthenticated" });
  await expect(runHealthChecks(context.as(userActor("viewer")), { store: true })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
