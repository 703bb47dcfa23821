import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { randomNumbers } from "@/lib/testing/made-series";
import { type Behaviour, startResend, startSlack } from "@/lib/testing/stand-ins";
import { createTestContext } from "@/lib/testing/test-context";
import { bundleOptions } from "./bundles";
import { ROOT } from "./root";

const context = await createTestContext();
const slack = await startSlack();
const resend = await startResend();
const random = randomNumbers(20_261_125);

const ALERTS = 500;
const KILLS = 20;
/** These are kills of the worker that has just called a service. What it held then waits for half a minute: they are apart. */
const IN_DELIVERY = new Set([0, 12]);
/** When nothing goes on for so long, the next one is killed where it is. */
const STAGE_MS = 4_000;
const DELIVERY_MS = 60_000;
const RECIPIENTS = ["a@example.com", "b@example.com"];

const WORKER = join(ROOT, ".build/fault-worker.js");
/** A real worker in a process of its own; a bundle, since a start of TypeScript takes seconds. */
beforeAll(() => build({ ...bundleOptions([]), entryPoints: ["jobs/testing/fault-worker.ts"], sourcemap: false }));

const env = {
  PATH: process.env["PATH"],
  NODE_ENV: "test" as const,
  DATABASE_URL: context.databaseUrl,
  SLACK_API_URL: `${slack.url}/api/`,
  SLACK_CHANNEL: "C1",
  RESEND_BASE_URL: resend.url,
  ALERT_EMAIL_FROM: "alerts@example.com",
  ALERT_EMAIL_TO: RECIPIENTS.join(),
};

const workers = new Set<ChildProcess>();
/** One that ends before it is ready (a start on a busy machine may find no connection in time) is started again, as the launcher does. */
async function startWorkerProcess(slot: number): Promise<ChildProcess> {
  // The services see by it which of the two calls.
  const own = { ...env, SLACK_BOT_TOKEN: `xoxb-${slot}`, RESEND_API_KEY: `re_${slot}` };
  for (;;) {
    const child = fork(WORKER, { env: own, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    workers.add(child);
    child.once("exit", () => workers.delete(child));
    const isReady = new Promise<boolean>((is) => child.once("message", () => is(true)).once("exit", () => is(false)));
    if ((await isReady) || isOver) return child;
  }
}
let isOver = false;
afterAll(() => {
  isOver = true;
  for (const child of workers) child.kill("SIGKILL");
});

const FAULTS: readonly Behaviour[] = ["lost", "500", "429", "reset"];
/** Fails in every way, in a random order with a good answer after each, and comes back. */
function unreliable(): { choose: () => Behaviour; played: Set<Behaviour> } {
  const round = (faults: readonly Behaviour[]) => faults.map((kind) => ({ kind, at: random() }));
  const faults = [...round([...FAULTS, "hang"]), ...round(FAULTS)].toSorted((a, b) => a.at - b.at);
  const script = faults.flatMap(({ kind }): Behaviour[] => [kind, "ok"]);
  const played = new Set<Behaviour>();
  return {
    played,
    choose: () => {
      const kind = script.shift() ?? "ok";
      played.add(kind);
      return kind;
    },
  };
}

/** How often each check is told of, by the texts of what was accepted. */
function toldOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const name of new Set(text.match(/shop-\d{3}(?=\W)/g))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
const everyOnce = (names: readonly string[]) => new Map(names.map((name) => [name, 1]));

test(
  "500 checks fail while services fail in every way and two workers are killed twenty times: each is told once, everywhere",
  { timeout: 420_000 },
  async () => {
    const target = await startTarget();
    const names = Array.from({ length: ALERTS }, (_, index) => `shop-${String(index).padStart(3, "0")}`);
    const now = new Date();
    const far = new Date(now.getTime() + 86_400_000);
    const passing = { status: "ok", statusSince: now, lastResultAt: now, nextDueAt: far } as const;
    await Promise.all(
      names.map((key) => addCheck(context, { key, label: key, config: { url: `${target.url}/${key}` }, ...passing })),
    );
    const played = [slack, resend].map((service) => {
      const behaviour = unreliable();
      service.behaveBy(behaviour.choose);
      return behaviour.played;
    });

    // A worker is killed soon after one of these went on: a check is run, an alert is stored, a message is formed.
    const stages: (() => number | Promise<number>)[] = [
      () => target.asked.length,
      () => context.db.alert.count(),
      () => context.db.notificationMessage.count(),
    ];
    /** Waits until a stage goes on, and some milliseconds more. @returns whether it did */
    const goesOn = async (stage: () => number | Promise<number>, before: number, patienceMs: number) => {
      const patience = AbortSignal.timeout(patienceMs);
      while ((await stage()) === before && !patience.aborted) await pause(10);
      await pause(random() * 150);
      return !patience.aborted;
    };
    // The first one makes the partitions and the queue's tables.
    const hands = [Promise.resolve(await startWorkerProcess(0)), startWorkerProcess(1)];
    let inDelivery = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const isInDelivery = IN_DELIVERY.has(kill);
      const calls = { slack: slack.calls, resend: resend.calls };
      const stage = isInDelivery
        ? () => slack.calls + resend.calls
        : (stages[Math.floor(random() * stages.length)] ?? (() => 0));
      const before = await stage();
      const failing = names.slice((kill * ALERTS) / KILLS, ((kill + 1) * ALERTS) / KILLS);
      for (const name of failing) target.down.add(`/${name}`);
      await context.sql.query("UPDATE health_checks SET next_due_at = now() WHERE key = ANY($1)", [failing]);
      let victim = kill % 2;
      if ((await goesOn(stage, before, isInDelivery ? DELIVERY_MS : STAGE_MS)) && isInDelivery) {
        const caller = [...slack.callers.slice(calls.slack), ...resend.callers.slice(calls.resend)][0];
        victim = caller?.endsWith("1") ? 1 : 0;
        inDelivery += 1;
      }
      (await hands[victim])?.kill("SIGKILL");
      hands[victim] = startWorkerProcess(victim);
    }
    const counted = async () => ({
      firing: await context.db.alert.count({ where: { state: "firing", subject: { startsWith: "shop-" } } }),
      waiting: await context.db.notification.count({ where: { status: "queued" } }),
    });
    await expect.poll(counted, { timeout: 200_000, interval: 500 }).toEqual({ firing: ALERTS, waiting: 0 });

    expect(inDelivery).toBe(IN_DELIVERY.size);
    // By the texts, for each who is to be told.
    expect(toldOf(slack.accepted.map(({ body }) => JSON.stringify(body)))).toEqual(everyOnce(names));
    for (const recipient of RECIPIENTS) {
      const theirs = resend.accepted.filter(({ body }) => body["to"] === recipient);
      expect(toldOf(theirs.map(({ body }) => String(body["text"]))), recipient).toEqual(everyOnce(names));
    }
    // By the keys: none was accepted twice, though answers were lost.
    const ids = slack.accepted.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await context.db.deliveryAttempt.count({ where: { outcome: "found" } })).toBeGreaterThan(0);
    for (const kinds of played) expect(kinds).toEqual(new Set([...FAULTS, "hang", "ok"]));
    expect(await context.db.alert.count({ where: { subject: { startsWith: "shop-" } } })).toBe(ALERTS);
  },
);
