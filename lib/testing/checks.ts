import { createServer } from "node:http";
import { type AddressInfo, type Socket, createServer as createTcpServer } from "node:net";
import { afterAll } from "vitest";
import type { Context } from "@/lib/core/context";
import type { HealthCheck, Prisma } from "@/lib/db/generated/client";

let made = 0;

/** A check in the database, past all input rules (intervals of one second, broken configs); due now. */
export function addCheck(
  context: Context,
  overrides: Partial<Prisma.HealthCheckCreateInput> = {},
): Promise<HealthCheck> {
  made++;
  const now = context.now();
  return context.db.healthCheck.create({
    data: {
      key: `check-${made}`,
      label: `Check ${made}`,
      type: "http",
      config: { url: "http://127.0.0.1:9/" },
      createdAt: now,
      nextDueAt: now,
      ...overrides,
    },
  });
}

export interface Target {
  url: string;
  /** The paths asked for, in order. */
  asked: string[];
  /** What it answers from now on. */
  status: number;
  /** Paths that answer 503. */
  down: Set<string>;
}

/** A real HTTP server on loopback for checks to look at. */
export async function startTarget(): Promise<Target> {
  const target: Target = { url: "", asked: [], status: 200, down: new Set() };
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    target.asked.push(path);
    response
      .writeHead(target.down.has(path) ? 503 : target.status, { "content-type": "application/json" })
      .end('{"status":"ok"}');
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => void server.closeAllConnections());
  afterAll(() => new Promise((closed) => server.close(closed)));
  target.url = `http://127.0.0.1:${portOf(server.address())}`;
  return target;
}

/** A real server that accepts connections and never answers. */
export async function startHungTarget(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: string | AddressInfo | null): number {
  if (typeof address === "object" && address) return address.port;
  throw new Error("the server does not listen on a port");
}
