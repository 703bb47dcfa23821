import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { refusedPort, serveHttp, serveTcp } from "@/lib/testing/servers";
import { type OutboundRequest, sendOutbound } from "./outbound";

const signal = new AbortController().signal;
const ask = (url: string, request: Partial<OutboundRequest> = {}) =>
  sendOutbound({ url: new URL(url), signal, ...request });

/** A server that keeps what it was asked. */
async function serveEcho() {
  const asked: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];
  const server = await serveHttp((request, response) => {
    asked.push({ method: request.method, url: request.url, headers: request.headers });
    request.pipe(response);
  });
  return { asked, url: `http://127.0.0.1:${server.port}`, open: server.open };
}

test("what was asked arrives, a name and password as Basic authorization", async () => {
  const { asked, url } = await serveEcho();
  const answer = await ask(`${url.replace("//", "//me:p%40ss@")}/a?b=c`, {
    method: "POST",
    body: "hällo",
    headers: { "X-Key": "k", "User-Agent": "mine" },
    keepBody: true,
  });
  expect(answer).toMatchObject({ status: 200, bodyBytes: 6, truncated: false, redirects: 0 });
  expect(answer.body.toString()).toBe("hällo");
  expect(asked[0]).toMatchObject({
    method: "POST",
    url: "/a?b=c",
    headers: {
      authorization: `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
      "content-length": "6",
      "x-key": "k",
      "user-agent": "mine",
      connection: "close",
    },
  });
});

test("the phases add up to the total, over redirects too", async () => {
  const server = await serveHttp((request, response) => {
    if (request.url === "/a") response.writeHead(302, { location: "/b" }).end();
    else response.end("there");
  });
  const answer = await ask(`http://127.0.0.1:${server.port}/a`, { maxRedirects: 1, keepBody: true });
  expect(answer).toMatchObject({ status: 200, redirects: 1 });
  expect(answer.url.pathname).toBe("/b");
  expect(answer.body.toString()).toBe("there");
  const { dns, connect, tls, firstByte, download } = answer.phases;
  expect(dns + connect + tls + firstByte + download).toBeLessThanOrEqual(answer.totalMs);
  await expect.poll(server.open).toBe(0);
});

test("without redirects to follow the redirect is the answer", async () => {
  const server = await serveHttp((_, response) => response.writeHead(301, { location: "/b" }).end());
  expect(await ask(`http://127.0.0.1:${server.port}/`)).toMatchObject({ status: 301, redirects: 0 });
});

test("a password does not follow to another origin", async () => {
  const other = await serveEcho();
  const first = await serveHttp((_, response) => response.writeHead(307, { location: other.url }).end());
  const headers = { Authorization: "Bearer s3cret", Accept: "text/plain" };
  await ask(`http://127.0.0.1:${first.port}/`, { headers, maxRedirects: 3 });
  expect(other.asked[0]?.headers).toMatchObject({ accept: "text/plain" });
  expect(other.asked[0]?.headers.authorization).toBeUndefined();
});

test("a redirect to the machine's credentials is refused like the address itself", async () => {
  const server = await serveHttp((_, response) =>
    response.writeHead(302, { location: "http://[::ffff:a9fe:a9fe]/latest/meta-data/" }).end(),
  );
  await expect(ask(`http://127.0.0.1:${server.port}/`, { maxRedirects: 1 })).rejects.toThrow("always refused");
});

test("a body is read up to its cap, and the rest is not waited for", async () => {
  const server = await serveHttp((_, response) => void response.write("x".repeat(2_000)));
  const answer = await ask(`http://127.0.0.1:${server.port}/`, { maxBodyBytes: 1_000, keepBody: true });
  expect(answer).toMatchObject({ bodyBytes: 1_000, truncated: true });
  expect(answer.body).toHaveLength(1_000);
  await expect.poll(server.open).toBe(0);
});

test("a body that is not kept is still counted", async () => {
  const server = await serveHttp((_, response) => response.end("x".repeat(2_000)));
  const answer = await ask(`http://127.0.0.1:${server.port}/`);
  expect(answer.bodyBytes).toBe(2_000);
  expect(answer.body).toHaveLength(0);
});

test.each([
  ["before the answer", "", /the connection was closed while waiting for the answer/],
  ["in the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", /the connection was closed/],
  ["with headers without end", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}`, /headers are larger than 16,384 bytes/],
  ["in what is no HTTP", "SSH-2.0-OpenSSH_9\r\n", /the answer is not valid HTTP/],
])("a server that hangs up %s is told so", async (_title, words, message) => {
  const server = await serveTcp((socket) => void socket.once("data", () => socket.end(words)));
  await expect(ask(`http://127.0.0.1:${server.port}/`, { keepBody: true })).rejects.toThrow(message);
  await expect.poll(server.open).toBe(0);
});

test("its end tells whether the answer or its body was waited for", async () => {
  const server = await serveHttp((request, response) => {
    if (request.url === "/body") response.write("a");
  });
  for (const [path, stage] of [
    ["/", "waiting for the answer"],
    ["/body", "reading the body"],
  ]) {
    const end = AbortSignal.timeout(200);
    const failure = ask(`http://127.0.0.1:${server.port}${path}`, { signal: end });
    await expect(failure).rejects.toMatchObject({ timedOut: true, message: expect.stringContaining(`while ${stage}`) });
  }
  await expect.poll(server.open).toBe(0);
});

test("IPv6 addresses are asked without their brackets", async () => {
  const port = await refusedPort();
  await expect(ask(`http://[::1]:${port}/`)).rejects.toThrow(/^(connection refused|no local address|the network is)/);
});
