import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";

/** What one run of the client is to do. */
export interface PushPlan {
  port: number;
  token: string;
  connections: number;
  batch: number;
  seconds: number;
  /** Requests a second in all, sent when they fall due however long answers take; as fast as they are answered where left out. */
  rate?: number;
  /** Times begin here, ms since 1970. */
  baseMs: number;
}

export interface PushResult {
  /** By status; 0 is a broken connection. */
  answers: Record<number, number>;
  /** Samples a second that were answered by 200. */
  samplesPerSecond: number;
  /** Of answers by 200, ms; from when the request fell due. */
  latencies: number[];
  requests: number;
  /** The numbers of the requests that were answered by 200. */
  acknowledged: number[];
  /** 429s without a Retry-After. */
  withoutRetryAfter: number;
}

export const SERIES = 1_000;

/** Which samples a request holds, so that the table can be asked for them: `batch` series at one time. */
export function contentOf(request: number, batch: number): { firstSeries: number; offsetMs: number } {
  const perRound = SERIES / batch;
  return { firstSeries: (request % perRound) * batch, offsetMs: Math.floor(request / perRound) };
}

export const seriesOf = (n: number) => ({
  name: `app_metric_${n % 100}`,
  unit: "ms",
  metadata: { host: `node-${Math.floor(n / 100)}.example.org`, service: "checkout", region: "eu-west-1" },
});

const TIME = "0000-00-00T00:00:00.000Z";

/** A request per group of series, complete but for the time: it is written over in place, so that the client costs little. */
function makeTemplates({ batch, port, token }: PushPlan) {
  return Array.from({ length: SERIES / batch }, (_, group) => {
    const samples = Array.from({ length: batch }, (_, i) => {
      const n = group * batch + i;
      return { ...seriesOf(n), value: Math.round(n * 7.919 * 1000) / 1000, recordedAt: TIME };
    });
    const body = JSON.stringify({ samples });
    const head = `POST /api/v1/metrics HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const bytes = Buffer.from(head + body, "latin1");
    const places: number[] = [];
    for (let at = bytes.indexOf(TIME); at >= 0; at = bytes.indexOf(TIME, at + 1)) places.push(at);
    return { bytes, places };
  });
}

/** Pushes samples over keep-alive connections and reads no more of the answers than it needs. */
export async function push(plan: PushPlan): Promise<PushResult> {
  const templates = makeTemplates(plan);
  const result: PushResult = {
    answers: {},
    samplesPerSecond: 0,
    latencies: [],
    requests: 0,
    acknowledged: [],
    withoutRetryAfter: 0,
  };
  const start = performance.now();
  const end = start + plan.seconds * 1000;
  let next = 0;

  const requestBytes = (): { bytes: Buffer; number: number } => {
    const number = next;
    next += 1;
    const { firstSeries, offsetMs } = contentOf(number, plan.batch);
    const template = templates[firstSeries / plan.batch];
    if (!template) throw new Error("no such group of series");
    const time = new Date(plan.baseMs + offsetMs).toISOString();
    const bytes = Buffer.from(template.bytes);
    for (const place of template.places) bytes.write(time, place, "latin1");
    return { bytes, number };
  };

  const counted = (status: number, number: number, dueAt: number, answer: string) => {
    result.answers[status] = (result.answers[status] ?? 0) + 1;
    if (status === 200) {
      result.latencies.push(performance.now() - dueAt);
      result.acknowledged.push(number);
    }
    if (status === 429 && !/\r\nretry-after: *\d/i.test(answer)) result.withoutRetryAfter += 1;
  };

  const interval = plan.rate === undefined ? undefined : 1000 / plan.rate;
  let due = start;
  /** When the next request falls due; all connections take from one clock. */
  const takeDue = (): number => {
    if (interval === undefined) return performance.now();
    const at = due;
    due += interval;
    return at;
  };

  const one = async () => {
    const connection = await open(plan.port).catch(() => undefined);
    while (connection && performance.now() < end) {
      const dueAt = takeDue();
      const wait = dueAt - performance.now();
      if (wait > 1) await new Promise((wake) => setTimeout(wake, wait));
      if (dueAt >= end) return connection.close();
      const { bytes, number } = requestBytes();
      result.requests += 1;
      const answer = await connection.ask(bytes);
      counted(answer === undefined ? 0 : Number(answer.slice(9, 12)), number, dueAt, answer ?? "");
      if (answer === undefined) return;
    }
    connection?.close();
  };
  await Promise.all(Array.from({ length: plan.connections }, one));
  result.samplesPerSecond = (result.acknowledged.length * plan.batch * 1000) / (performance.now() - start);
  return result;
}

interface Connection {
  /** The head and body of the answer; undefined when the connection broke. */
  ask: (request: Buffer) => Promise<string | undefined>;
  close: () => void;
}

function open(port: number): Promise<Connection> {
  return new Promise((resolve, fail) => {
    let text = "";
    let answered: ((answer: string | undefined) => void) | undefined;
    const socket: Socket = connect(port, "127.0.0.1", () => {
      socket.on("close", () => answered?.(undefined));
      resolve({
        ask: (request) =>
          new Promise((done) => {
            answered = done;
            if (socket.destroyed) return done(undefined);
            socket.write(request);
          }),
        close: () => socket.destroy(),
      });
    });
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("error", fail);
    socket.on("data", (chunk: string) => {
      text += chunk;
      if (!isWhole(text)) return;
      const answer = text;
      text = "";
      answered?.(answer);
    });
  });
}

function isWhole(text: string): boolean {
  const bodyAt = text.indexOf("\r\n\r\n") + 4;
  if (bodyAt < 4) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  return length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= bodyAt + Number(length);
}

// As a process of its own: a plan comes in, the result goes out.
if (process.argv[1]?.endsWith("push-client.ts")) {
  process.on("message", (plan: PushPlan) => {
    void push(plan).then((result) => process.send?.(result));
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ ready: true });
}
