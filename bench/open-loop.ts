import { Agent, get } from "node:http";
import { performance } from "node:perf_hooks";

/** How requests went that were sent at their times, whether or not the earlier ones had been answered. */
export interface OpenLoop {
  /** From when a request was due, not from when it got its turn: waiting counts. */
  latenciesMs: number[];
  /** By status; 0: no answer. */
  statuses: Map<number, number>;
}

/** Sends so many requests a second for so many seconds, going through the paths in turn. */
export async function openLoop(
  url: string,
  { paths, perSecond, seconds }: { paths: readonly string[]; perSecond: number; seconds: number },
): Promise<OpenLoop> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const result: OpenLoop = { latenciesMs: [], statuses: new Map() };
  const total = perSecond * seconds;
  const start = performance.now();
  const pending: Promise<void>[] = [];

  const send = (path: string, due: number) =>
    new Promise<void>((done) => {
      const end = (status: number) => {
        result.latenciesMs.push(performance.now() - due);
        result.statuses.set(status, (result.statuses.get(status) ?? 0) + 1);
        done();
      };
      get(`${url}${path}`, { agent, headers: { "accept-encoding": "br" } }, (response) => {
        response.resume().on("end", () => end(response.statusCode ?? 0));
      }).on("error", () => end(0));
    });

  for (let sent = 0; sent < total;) {
    for (; sent < total && start + (sent * 1000) / perSecond <= performance.now(); sent += 1)
      pending.push(send(paths[sent % paths.length] ?? "/", start + (sent * 1000) / perSecond));
    await new Promise((wake) => setTimeout(wake, 1));
  }
  await Promise.all(pending);
  agent.destroy();
  return result;
}
