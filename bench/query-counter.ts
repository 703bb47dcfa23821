import { createServer, connect, type Socket } from "node:net";

/** A proxy in front of PostgreSQL that counts the queries of each application: nothing in the product knows of it. */
export interface QueryCounter {
  /** The same database, through the proxy. */
  url: string;
  /** Queries so far by connections whose application_name contains the text. */
  count: (application: string) => number;
  close: () => void;
}

const SSL_REQUEST = 80_877_103;

/** Counts PostgreSQL's frontend messages Query ('Q') and Execute ('E'): one of them is one statement that the server runs. */
function countMessages(client: Socket, onApplication: (name: string) => void, onQuery: () => void): void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  client.on("data", (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      if (started) {
        const type = rest[0];
        if (type === 0x51 || type === 0x45) onQuery();
      } else if (rest.readInt32BE(4) !== SSL_REQUEST) {
        started = true;
        const parameters = rest.subarray(8, length).toString().split("\0");
        onApplication(parameters[parameters.indexOf("application_name") + 1] ?? "");
      }
      rest = rest.subarray(length);
    }
  });
}

export function startQueryCounter(databaseUrl: string): Promise<QueryCounter> {
  const target = new URL(databaseUrl);
  const counts = new Map<string, number>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    let application = "";
    countMessages(
      client,
      (name) => (application = name),
      () => counts.set(application, (counts.get(application) ?? 0) + 1),
    );
    client.pipe(upstream).pipe(client);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
  });
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (!address || typeof address === "string") {
        fail(new Error("no port"));
        return;
      }
      const url = new URL(databaseUrl);
      url.hostname = "127.0.0.1";
      url.port = String(address.port);
      done({
        url: url.href,
        count: (text) => [...counts].reduce((sum, [name, count]) => (name.includes(text) ? sum + count : sum), 0),
        close: () => server.close(),
      });
    });
  });
}
