import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { randomUUID } from "node:crypto";
import { sampleEvent } from "./sample-event";

export interface SendPlan {
  port: number;
  path: string;
  connections: number;
  seconds: number;
  /** Envelopes a second in all, sent when they fall due however long answers take; as fast as they are answered where left out. */
  rate?: number;
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

const events = Array.from({ length: 1_000 }, (_, n) => JSON.stringify(sampleEvent(n)));

async function send(plan: SendPlan): Promise<SendResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.connections });
  const result: SendResult = { answers: {}, stored: [], limited: [], acknowledged: [], withoutHeaders: 0, seconds: 0 };
  let number = 0;
  const one = (dueAt: number) =>
    new Promise<void>((resolve) => {
      const id = randomUUID().replaceAll("-", "");
      const payload = events[number % events.length] ?? "";
      number += 1;
      const body = `{"event_id":"${id}","sent_at":"${new Date().toISOString()}"}\n{"type":"event","length":${payload.length}}\n${payload}\n`;
      const outgoing = request(
        {
          port: plan.port,
          path: plan.path,
          method: "POST",
          agent,
          headers: { "Content-Type": "application/x-sentry-envelope", "Content-Length": body.length },
        },
        (answer) => {
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
        result.answers[0] = (result.answers[0] ?? 0) + 1;
        resolve();
      });
      outgoing.end(body);
    });

  const start = performance.now();
  const end = start + plan.seconds * 1_000;
  const { rate } = plan;
  if (rate === undefined) {
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
