import { createServer } from "node:http";

/** A monitored service in a process of its own: answers at once, and tells how often it was asked. */
let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.writeHead(200, { "content-type": "text/plain" }).end("fine");
});
// A benchmark opens connections faster than a browser does.
server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  const address = server.address();
  process.send?.({ port: address && typeof address === "object" ? address.port : 0 });
});
process.on("message", () => process.send?.({ asked }));
process.on("disconnect", () => process.exit(0));
