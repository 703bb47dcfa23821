import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Change, createChanges, notifyChange, setProcessChanges } from "@/lib/core/changes";
import { SILENT } from "@/lib/core/log";
import { makeToken } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import { callApi } from "@/lib/testing/call-api";
import { createEventStream } from "./event-stream";
import { handleApi } from "./handle-api";
import { sendResponse, toRequest } from "./node-http";

const context = await createTestContext();
const server = createServer((incoming, outgoing) => {
  void handleApi(context, toRequest(incoming, outgoing)).then(
    (response) => response && sendResponse(response, outgoing),
  );
});
let url = "";
let token = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/api/v1/stream`;
  ({ token } = await makeToken(context));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Reads a stream until its text has what is looked for, or it ends. */
async function readUntil(stream: ReadableStream<Uint8Array>, wanted?: string): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (value) text += decoder.decode(value, { stream: true });
    if (done || (wanted !== undefined && text.includes(wanted))) {
      reader.releaseLock();
      return text;
    }
  }
}

/** Changes that a test makes by hand. */
function makeChanges() {
  const listeners = new Set<(change: Change) => void>();
  return {
    listeners,
    emit: (change: Change) => listeners.forEach((listener) => listener(change)),
    changes: {
      ready: Promise.resolve(),
      subscribe: (listener: (change: Change) => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close: () => Promise.resolve(),
    },
  };
}

test("over HTTP, a change in the database arrives, and a client that goes is forgotten", async () => {
  const changes = createChanges(context.databaseUrl, SILENT);
  let forgotten: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (forgotten = resolve));
  setProcessChanges({
    ...changes,
    subscribe: (listener) => {
      const end = changes.subscribe(listener);
      return () => (end(), forgotten());
    },
  });
  await changes.ready;
  const client = new AbortController();
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, signal: client.signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  if (!response.body) throw new Error("no stream");
  expect(await readUntil(response.body, "listening")).toMatch(/^retry: \d+\n/);
  await notifyChange(context.sql, { topic: "checks", flip: true });
  expect(await readUntil(response.body, "\n\n")).toBe('event: change\ndata: {"topic":"checks","flip":true}\n\n');
  client.abort();
  await gone;
  setProcessChanges(undefined);
  await changes.close();
});

test("a process that hears of no changes says so", async () => {
  expect((await callApi(context, "GET /api/v1/stream", { token })).status).toBe(503);
});

const stillAllowed = () => Promise.resolve(true);

test("comments keep a quiet stream alive", async () => {
  const { changes } = makeChanges();
  const stream = createEventStream(changes, {
    signal: new AbortController().signal,
    isAllowed: stillAllowed,
    keepAliveMs: 5,
  });
  expect(await readUntil(stream, "still here")).toContain(": still here\n\n");
  await stream.cancel();
});

test("it ends when the session or token has ended, not when nobody knows", async () => {
  const { changes, listeners } = makeChanges();
  const answers = [async () => true, () => Promise.reject(new Error("the database is away")), async () => false];
  let asked = 0;
  const isAllowed = () => answers[asked++]?.() ?? Promise.resolve(false);
  await readUntil(createEventStream(changes, { signal: new AbortController().signal, isAllowed, recheckMs: 2 }));
  expect(asked).toBeGreaterThanOrEqual(3);
  expect(listeners.size).toBe(0);
});

test("it ends and lets go when the client is gone, by signal or by cancelling", async () => {
  const { changes, listeners } = makeChanges();
  const client = new AbortController();
  const one = createEventStream(changes, { signal: client.signal, isAllowed: stillAllowed });
  const two = createEventStream(changes, { signal: new AbortController().signal, isAllowed: stillAllowed });
  expect(listeners.size).toBe(2);
  client.abort();
  await two.cancel();
  expect(listeners.size).toBe(0);
  expect(await readUntil(one)).toContain("listening");
  createEventStream(changes, { signal: AbortSignal.abort(), isAllowed: stillAllowed });
  expect(listeners.size).toBe(0);
});

test("a client that reads nothing is let go after some hundred events", () => {
  const { changes, emit, listeners } = makeChanges();
  createEventStream(changes, { signal: new AbortController().signal, isAllowed: stillAllowed });
  for (let i = 0; i < 1_000; i++) emit({ topic: "checks" });
  expect(listeners.size).toBe(0);
});
