import { createServer } from "node:http";
import { afterAll } from "vitest";
import { createApiListener } from "@/lib/api/node-listener";
import type { Context } from "@/lib/core/context";

/** The API on a real node:http server of loopback, as server.ts mounts it; closed after the file's tests. @returns its address */
export async function startApi(context: Context): Promise<string> {
  const answer = createApiListener(context, async () => null);
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).then(
      (answered) => void (answered || outgoing.writeHead(404).end()),
      () => void outgoing.destroy(),
    );
  });
  // As the product has it: a test that works for long between two calls must not find its connection closed.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server does not listen on a port");
  return `http://127.0.0.1:${address.port}`;
}
