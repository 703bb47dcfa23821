import { createServer } from "node:http";

/** The least that a flood can be answered by: node:http that says 429 to every request at once, and looks at nothing. */
const server = createServer((_request, response) => {
  response.writeHead(429, { "Retry-After": "1", "X-Sentry-Rate-Limits": "1::organization:overloaded" }).end("{}");
}).listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  const address = server.address();
  process.send?.({ port: address && typeof address === "object" ? address.port : 0 });
});
process.on("disconnect", () => process.exit(0));
