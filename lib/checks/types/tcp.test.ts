import { describe, expect, test } from "vitest";
import { runType } from "@/lib/testing/run-type";
import { refusedPort, serveSilence, serveTcp } from "@/lib/testing/servers";
import { tcp, unescaped } from "./tcp";

const host = "127.0.0.1";

test("a port that accepts is ok, and nothing stays open", async () => {
  const server = await serveSilence();
  const answer = await runType(tcp, { host, port: server.port });
  expect(answer).toMatchObject({ status: "ok", meta: { connectMs: expect.any(Number) } });
  await expect.poll(server.open).toBe(0);
});

test("a port that nobody listens on says so", async () => {
  const port = await refusedPort();
  expect(await runType(tcp, { host, port })).toMatchObject({
    status: "failed",
    shortSummary: "no connection",
    message: `TCP 127.0.0.1:${port} failed: connection refused.`,
  });
});

test("a text is sent, with its escapes, and the answer looked for", async () => {
  const server = await serveTcp((socket) => {
    socket.on("data", (data) => socket.write(data.toString() === "PING\r\n" ? "+PONG\r\n" : "-ERR\r\n"));
  });
  expect(await runType(tcp, { host, port: server.port, send: "PING\\r\\n", expect: "+PONG" })).toMatchObject({
    status: "ok",
  });
});

describe("an expected text that does not come", () => {
  test("from a server that hangs up: what it said instead is told", async () => {
    const server = await serveTcp((socket) => socket.end("550 go away"));
    expect(await runType(tcp, { host, port: server.port, expect: "220" })).toMatchObject({
      status: "failed",
      message: `TCP 127.0.0.1:${server.port} failed: it closed the connection without "220" (it sent "550 go away").`,
    });
  });

  test("from a server that says nothing: the time-out names what was waited for", async () => {
    const server = await serveSilence();
    expect(await runType(tcp, { host, port: server.port, expect: "220" }, { timeoutMs: 100 })).toMatchObject({
      status: "failed",
      shortSummary: "timed out",
      message: `TCP 127.0.0.1:${server.port} timed out after 0.1 s while waiting for "220" (it sent nothing).`,
    });
    await expect.poll(server.open).toBe(0);
  });

  test("from a server that never stops talking: it is not listened to for ever", async () => {
    const server = await serveTcp((socket) => void socket.write("x".repeat(200_000)));
    expect(await runType(tcp, { host, port: server.port, expect: "220" })).toMatchObject({
      status: "failed",
      message: expect.stringContaining('it answered 65536 bytes without "220"'),
    });
  });

  test("from a server that resets the connection", async () => {
    const server = await serveTcp((socket) => void socket.once("data", () => socket.resetAndDestroy()));
    expect(await runType(tcp, { host, port: server.port, send: "hello", expect: "220" })).toMatchObject({
      message: expect.stringContaining("the connection was reset by the other side"),
    });
  });
});

test("a slow answer is a warning or a failure by its limits", async () => {
  const server = await serveTcp((socket) => void setTimeout(() => socket.write("220 ready"), 30));
  const config = { host, port: server.port, expect: "220" };
  expect(await runType(tcp, { ...config, responseTimeWarningMs: 5 })).toMatchObject({
    status: "warning",
    message: expect.stringMatching(/^TCP 127\.0\.0\.1:\d+ took [\d.]+ ms \(limit 5 ms\)\.$/),
  });
  expect(await runType(tcp, { ...config, responseTimeWarningMs: 5, responseTimeFailedMs: 10 })).toMatchObject({
    status: "failed",
  });
});

test("addresses that serve machine credentials are never connected to", async () => {
  expect(await runType(tcp, { host: "169.254.169.254", port: 80 })).toMatchObject({
    status: "failed",
    message: expect.stringContaining("always refused"),
  });
});

test.each([
  ["a\\r\\nb", "a\r\nb"],
  ["tab\\t.", "tab\t."],
  ["\\\\n", "\\n"],
  ["plain", "plain"],
])("%j stands for %j", (written, meant) => {
  expect(unescaped(written)).toBe(meant);
});
