import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { sampleEvent } from "./sample-event";

export interface SendPlan {
  port: number;
  path: string;
  connections: number;
  seconds: number;
  /** Envelopes a second in all, sent when they fall due however long answers take; as fast as they are answered where left out. */
  rate?: number;
  /** So many at once and no more, in place of `seconds`. */
  burst?: number;
  /** Each event is filled up to so many bytes. */
  bytes?: number;
}

export interface SendResult {
  /** By status; 0 is a broken connection. */
  answers: Record<number, number>;
  /** Of answers by 200 and by 429, ms; from when the envelope fell due. */
  stored: number[];
  limited: number[];
  /** Ids that were answered by 200. */
  acknowledged: string[];
  withoutHeaders: number;
  seconds: number;
}

const events = Array.from({ length: 1_000 }, (_, n) => Buffer.from(JSON.stringify(sampleEvent(n))));

/** An event of a MiB or two: its message is long. */
const large = (bytes: number): Buffer =>
  Buffer.from(JSON.stringify({ ...sampleEvent(1), message: "m".repeat(bytes - 9_000) }));

async function send(plan: SendPlan): Promise<SendResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.connections });
  const result: SendResult = { answers: {}, stored: [], limited: [], acknowledged: [], withoutHeaders: 0, seconds: 0 };
  const payloads = plan.bytes === undefined ? events : [large(plan.bytes)];
  let number = 0;
  const one = (dueAt: number) =>
    new Promise<void>((resolve) => {
      const id = randomUUID().replaceAll("-", "");
      const payload = payloads[number % payloads.length] ?? Buffer.alloc(0);
      number += 1;
      const head = Buffer.from(`{"event_id":"${id}"}\n{"type":"event","length":${payload.length}}\n`);
      const body = Buffer.concat([head, payload]);
      let isAnswered = false;
      const outgoing = request(
        {
          port: plan.port,
          path: plan.path,
          method: "POST",
          agent,
          headers: { "Content-Type": "application/x-sentry-envelope", "Content-Length": body.length },
        },
        (answer) => {
          isAnswered = true;
          answer.resume();
          answer.once("end", () => {
            const status = answer.statusCode ?? 0;
            const took = performance.now() - dueAt;
            result.answers[status] = (result.answers[status] ?? 0) + 1;
            if (status === 200) {
              result.stored.push(took);
              result.acknowledged.push(id);
            }
            if (status === 429) {
              result.limited.push(took);
              if (!answer.headers["retry-after"] || !answer.headers["x-sentry-rate-limits"]) result.withoutHeaders += 1;
            }
            resolve();
          });
        },
      );
      outgoing.once("error", () => {
        if (!isAnswered) result.answers[0] = (result.answers[0] ?? 0) + 1;
        resolve();
      });
      outgoing.end(body);
    });

  const start = performance.now();
  const end = start + plan.seconds * 1_000;
  const { rate, burst } = plan;
  if (burst !== undefined) {
    await Promise.all(Array.from({ length: burst }, () => one(start)));
  } else if (rate === undefined) {
    await Promise.all(
      Array.from({ length: plan.connections }, async () => {
        while (performance.now() < end) await one(performance.now());
      }),
    );
  } else {
    const running: Promise<void>[] = [];
    for (let n = 0; ;) {
      const now = performance.now();
      if (now >= end) break;
      for (; start + (n * 1_000) / rate <= now; n += 1) running.push(one(start + (n * 1_000) / rate));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(running);
  }
  result.seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  return result;
}

process.on("message", (plan: SendPlan) => void send(plan).then((result) => process.send?.(result)));
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
