import { createServer } from "node:http";
import { z } from "zod";

/** The yardstick: node:http that serves the bytes it was given, in a process of its own. */
const documents = z.record(z.string(), z.object({ headers: z.record(z.string(), z.string()), body: z.string() }));

process.once("message", (message) => {
  const served = new Map(
    Object.entries(documents.parse(message)).map(([path, { headers, body }]) => [
      path,
      { headers, body: Buffer.from(body, "base64") },
    ]),
  );
  const server = createServer(({ url = "" }, response) => {
    const found = served.get(url);
    response.writeHead(found ? 200 : 404, found?.headers).end(found?.body);
  });
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
    const address = server.address();
    process.send?.({ port: address && typeof address === "object" ? address.port : 0 });
  });
});
process.on("disconnect", () => process.exit(0));
