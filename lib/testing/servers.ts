import { type RequestListener, createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, type Server, type Socket, createServer as createTcpServer } from "node:net";
import { afterEach } from "vitest";

/** A real server on loopback, closed after the test together with every connection. */
export interface TestServer {
  port: number;
  /** Connections that are open now: none may be left when a check has ended. */
  open: () => number;
  close: () => Promise<void>;
}

const running = new Set<TestServer>();

afterEach(async () => {
  await Promise.all([...running].map((server) => server.close()));
});

async function listen(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  // A client that refuses our certificate ends the handshake.
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const started: TestServer = {
    port: portOf(server.address()),
    open: () => sockets.size,
    close: async () => {
      running.delete(started);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  running.add(started);
  return started;
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return address.port;
}

export const serveHttp = (answer: RequestListener) => listen(createHttpServer(answer));

export const serveHttps = (certificate: { key: string; cert: string }, answer: RequestListener) =>
  listen(createHttpsServer(certificate, answer));

export const serveTcp = (talk: (socket: Socket) => void) => listen(createTcpServer(talk));

/** Accepts and never says a word: the worst that a monitored service does. */
export const serveSilence = () => serveTcp((socket) => void socket.resume());

/** A port of loopback that nothing listens on: it was just free. */
export async function refusedPort(): Promise<number> {
  const server = await serveSilence();
  await server.close();
  return server.port;
}
