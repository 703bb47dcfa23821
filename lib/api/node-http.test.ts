import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { serveHttp } from "@/lib/testing/servers";
import type { ApiRequest } from "./api-request";
import { sendResponse, toRequest } from "./node-http";

/** Mounts a receiver as server.ts does. */
async function mount(receive: (request: ApiRequest) => Response | Promise<Response>) {
  const mounted = async (incoming: IncomingMessage, outgoing: ServerResponse) =>
    sendResponse(await receive(toRequest(incoming, outgoing)), outgoing);
  const server = await serveHttp((incoming, outgoing) => void mounted(incoming, outgoing));
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}

/** Sends bytes as they are and reads until the server hangs up. */
async function speak(port: number, words: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(words);
  return text(socket);
}

test("method, address, headers and body arrive, and status, headers and body go back", async () => {
  const { url } = await mount(async (request) => {
    const { method, headers } = request;
    const seen = {
      method,
      url: request.url,
      key: headers.get("x-key"),
      body: request.body && (await text(request.body)),
    };
    return Response.json(seen, { status: 201, headers: { "X-Answer": "yes" } });
  });
  const response = await fetch(`${url}/a?b=c`, { method: "POST", headers: { "X-Key": "k" }, body: "hällo" });
  expect(response.status).toBe(201);
  expect(response.headers.get("x-answer")).toBe("yes");
  expect(await response.json()).toEqual({ method: "POST", url: `${url}/a?b=c`, key: "k", body: "hällo" });
});

test("several cookies stay several", async () => {
  const headers = new Headers([
    ["Set-Cookie", "a=1"],
    ["Set-Cookie", "b=2"],
  ]);
  const { url } = await mount(() => new Response(null, { status: 204, headers }));
  expect((await fetch(url)).headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test("a HEAD gets the headers alone", async () => {
  const { port } = await mount(() => new Response("body", { headers: { "Content-Length": "4" } }));
  const answer = await speak(port, "HEAD / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer.toLowerCase()).toContain("content-length: 4\r\n");
  expect(answer.endsWith("\r\n\r\n")).toBe(true);
});

test.each([
  ["shop.example:81", "http://shop.example:81/a"],
  ["[::1]:81", "http://[::1]:81/a"],
  ["a b/../c", "http://localhost/a"],
  ["x@y", "http://localhost/a"],
])("the Host %j makes the address %s", async (host, address) => {
  const { port } = await mount((request) => new Response(request.url));
  const answer = await speak(port, `GET /a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(answer).toContain(address);
});

test("an answer before the body was read goes out, and the connection serves the next request", async () => {
  const { port } = await mount(async (request) => {
    await request.body?.cancel();
    return new Response("too large", { status: 413 });
  });
  const post = (connection: string) =>
    `POST / HTTP/1.1\r\nHost: a.example\r\nConnection: ${connection}\r\nContent-Length: 500000\r\n\r\n${"x".repeat(500_000)}`;
  const answers = await speak(port, post("keep-alive") + post("close"));
  expect(answers.match(/HTTP\/1\.1 413 /g)).toHaveLength(2);
});

test("a large answer waits for a slow reader and arrives whole", async () => {
  const piece = new Uint8Array(64_000).fill(120);
  let made = 0;
  const { url } = await mount(() => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (made++ < 100 ? controller.enqueue(piece) : controller.close()),
    });
    return new Response(body);
  });
  const response = await fetch(url);
  expect((await response.arrayBuffer()).byteLength).toBe(6_400_000);
});

test("a client that goes away ends the request's signal and the answer's stream", async () => {
  let request: ApiRequest | undefined;
  let cancelled: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (cancelled = resolve));
  const { url } = await mount((received) => {
    request = received;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: () => cancelled(),
    });
    return new Response(body);
  });
  const client = new AbortController();
  const response = await fetch(url, { signal: client.signal });
  expect(request?.signal.aborted).toBe(false);
  client.abort();
  await done;
  expect(request?.signal.aborted).toBe(true);
  await expect(response.text()).rejects.toThrow();
});

test("a request that was answered in full is not told that its client went away", async () => {
  const requests: ApiRequest[] = [];
  const { url, close } = await mount((request) => {
    requests.push(request);
    return new Response("ok");
  });
  expect(await (await fetch(url)).text()).toBe("ok");
  await close();
  expect(requests[0]?.signal.aborted).toBe(false);
});

test("a body that breaks is the caller's to end", async () => {
  let failure: unknown;
  const server = await serveHttp((_incoming, outgoing) => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("the source broke")) });
    sendResponse(new Response(body), outgoing).catch((error: unknown) => {
      failure = error;
      outgoing.destroy();
    });
  });
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  expect(failure).toMatchObject({ message: "the source broke" });
});
