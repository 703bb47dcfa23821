import { once } from "node:events";
import { expect, test } from "vitest";
import { makeAuthority } from "@/lib/testing/certificates";
import { refusedPort, serveHttps, serveSilence, serveTcp } from "@/lib/testing/servers";
import { type ConnectionRequest, openConnection } from "./connection";

const authority = makeAuthority("Watchkeeper Test CA");
const signal = new AbortController().signal;
const open = (request: Partial<ConnectionRequest>) =>
  openConnection({ host: "127.0.0.1", port: 1, signal, ...request });
/** Longer than a part of a name may be: no resolver is asked. */
const NO_NAME = `${"a".repeat(64)}.example`;

test("a name is resolved, connected to, and each step has its time", async () => {
  const server = await serveTcp((socket) => void socket.end("hello"));
  const { socket, secure, phases } = await open({ host: "localhost", port: server.port });
  expect(secure).toBeUndefined();
  expect(phases).toEqual({ dns: expect.any(Number), connect: expect.any(Number), tls: 0 });
  expect(phases.connect).toBeGreaterThan(0);
  const [data] = await once(socket, "data");
  expect(String(data)).toBe("hello");
  socket.destroy();
});

test("with TLS the connection is secure, and the handshake is timed", async () => {
  const server = await serveHttps(authority.issue({ hosts: ["shop.example"] }), (_, response) => response.end());
  const tls = { serverName: "shop.example", ca: authority.cert, verify: true };
  const { socket, secure, phases } = await open({ port: server.port, tls });
  expect(secure?.authorized).toBe(true);
  expect(socket).toBe(secure);
  expect(phases.tls).toBeGreaterThan(0);
  socket.destroy();
});

test("a certificate for another name is refused, or told where anyone will do", async () => {
  const server = await serveHttps(authority.issue({ hosts: ["shop.example"] }), (_, response) => response.end());
  const tls = { serverName: "other.example", ca: authority.cert };
  await expect(open({ port: server.port, tls: { ...tls, verify: true } })).rejects.toThrow(
    "the certificate is for another host name",
  );
  const { socket, secure } = await open({ port: server.port, tls: { ...tls, verify: false } });
  expect(secure?.authorized).toBe(false);
  socket.destroy();
  await expect.poll(server.open).toBe(0);
});

test("nobody listens, no such name, hung up in the handshake", async () => {
  await expect(open({ port: await refusedPort() })).rejects.toMatchObject({
    name: "NetworkFailure",
    message: "connection refused",
    timedOut: false,
  });
  await expect(open({ host: NO_NAME })).rejects.toThrow(`the name ${NO_NAME} does not resolve`);
  const rude = await serveTcp((socket) => void socket.end());
  await expect(open({ port: rude.port, tls: { serverName: "a.example", verify: true } })).rejects.toThrow(
    /^the connection was (reset by the other side|closed while waiting for the TLS handshake)$/,
  );
});

test("its end tells what was waited for, and leaves nothing open", async () => {
  const silent = await serveSilence();
  const abort = new AbortController();
  const handshake = open({
    port: silent.port,
    signal: abort.signal,
    tls: { serverName: "a.example", verify: true },
  });
  await expect.poll(silent.open).toBe(1);
  abort.abort(new Error("timed out after 4 s"));
  await expect(handshake).rejects.toMatchObject({
    message: "timed out after 4 s while waiting for the TLS handshake",
    timedOut: true,
  });
  await expect.poll(silent.open).toBe(0);
  await expect(open({ port: silent.port, signal: abort.signal })).rejects.toThrow("timed out after 4 s while starting");
});

test("the address policy holds for literal addresses and for what names resolve to", async () => {
  const server = await serveSilence();
  const policy = { allowPrivate: false };
  await expect(open({ host: "169.254.169.254" })).rejects.toThrow("always refused");
  await expect(open({ port: server.port, policy })).rejects.toThrow(
    "127.0.0.1 is a loopback address, which is refused by the address policy",
  );
  await expect(open({ host: "localhost", port: server.port, policy })).rejects.toThrow(
    /is a loopback address, which is refused by the address policy$/,
  );
  expect(server.open()).toBe(0);
});
