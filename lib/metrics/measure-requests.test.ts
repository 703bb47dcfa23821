import { once } from "node:events";
import type { RequestListener } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { serveHttp } from "@/lib/testing/servers";
import { measureRequests } from "./measure-requests";

async function measured(handle: RequestListener) {
  const seen: { durationMs: number; status: number }[] = [];
  const observe = (durationMs: number, status: number) => void seen.push({ durationMs, status });
  const server = await serveHttp(measureRequests({ observe }, handle));
  return { seen, port: server.port, url: `http://127.0.0.1:${server.port}/` };
}

test("each request is measured where it ends, with its status", async () => {
  const { seen, url } = await measured((request, response) =>
    response.writeHead(request.url === "/" ? 200 : 503).end("x"),
  );
  await (await fetch(url)).text();
  await (await fetch(`${url}broken`)).text();
  await expect.poll(() => seen.map((one) => one.status)).toEqual([200, 503]);
  for (const { durationMs } of seen) expect(durationMs).toBeGreaterThan(0);
});

test("a slow answer counts until its last byte", async () => {
  const { seen, url } = await measured((_, response) => {
    response.write("a");
    setTimeout(() => response.end("b"), 30);
  });
  await (await fetch(url)).text();
  await expect.poll(() => seen).toHaveLength(1);
  expect(seen[0]?.durationMs).toBeGreaterThanOrEqual(29);
});

test("a client that goes away before the answer is a 499, not a success", async () => {
  let asked: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (asked = resolve));
  const { seen, port } = await measured(() => asked());
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
  await arrived;
  socket.destroy();
  await expect.poll(() => seen.map((one) => one.status)).toEqual([499]);
});

test("an event stream is no request that takes an hour", async () => {
  const { seen, url, port } = await measured((request, response) => {
    if (request.url !== "/stream") return void response.end();
    response.setHeader("content-type", "text/event-stream").write("data: 1\n\n");
  });
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /stream HTTP/1.1\r\nHost: a.example\r\n\r\n");
  await once(socket, "data");
  socket.destroy();
  await (await fetch(url)).text();
  await expect.poll(() => seen.map((one) => one.status)).toEqual([200]);
});
