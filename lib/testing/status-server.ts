import { createServer } from "node:http";
import { afterAll } from "vitest";
import { createApiListener } from "@/lib/api/node-listener";
import type { Context } from "@/lib/core/context";
import { createStatusListener } from "@/lib/status-page/node-listener";
import { statusKeeperOf } from "@/lib/status-page/status-keeper";

/** The public page and the API on a real node:http server of loopback, as server.ts mounts them; closed after the file's tests. @returns its address */
export async function startStatusServer(context: Context): Promise<string> {
  const answerApi = createApiListener(context, async () => null);
  const answerStatus = createStatusListener(statusKeeperOf(context));
  const server = createServer(async (incoming, outgoing) => {
    if ((await answerApi(incoming, outgoing)) || (await answerStatus(incoming, outgoing))) return;
    outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server does not listen on a port");
  return `http://127.0.0.1:${address.port}`;
}
